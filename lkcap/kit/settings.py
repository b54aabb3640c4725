"""Where settings come from, and how every problem of theirs is told at once.

The environment (`LKCAP_X`, `LKCAP_GROUP__X`, `LKCAP_X_FILE`) wins over the TOML file that
`LKCAP_CONFIG` names.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

PREFIX = "LKCAP_"
# Names with the prefix that the process reads, but no settings: where the settings are.
_NO_SETTINGS = ("config",)


class BadConfig(Exception):
    """All problems of the settings, one readable Russian line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _texts_of_files(environment: Mapping[str, str | None]) -> tuple[dict[str, str], list[str]]:
    """What stands in the files that `LKCAP_X_FILE` name, by `lkcap_x`; and what cannot be read."""
    texts, problems = {}, []
    for name, path in environment.items():
        lower = name.lower()
        if lower.startswith(PREFIX.lower()) and lower.endswith("_file") and path:
            try:
                texts[lower.removesuffix("_file")] = Path(path).read_text("utf-8").strip()
            except (OSError, UnicodeError) as error:
                problems.append(f"{name.upper()}: файл не читается: {error}")
    return texts, problems


class _Environment(EnvSettingsSource):
    """The environment, where `LKCAP_X_FILE` stands for the text of a file.

    A name that means nothing is handed on: where unknown settings are refused, a misprint is too.
    """

    def _load_env_vars(self) -> Mapping[str, str | None]:
        names = super()._load_env_vars()
        texts = _texts_of_files(names)[0]
        files = {f"{name}_file" for name in texts}
        return {name: value for name, value in names.items() if name not in files} | texts

    def __call__(self) -> dict[str, Any]:
        known = {*self.settings_cls.model_fields, *_NO_SETTINGS}
        named = {
            name.removeprefix(PREFIX.lower()).partition("__")[0]
            for name in self.env_vars
            if name.startswith(PREFIX.lower()) and not name.startswith(PREFIX.lower() + "test_")
        }
        return dict.fromkeys(named - known) | super().__call__()


class Settings(BaseSettings):
    """Base of the settings of a process."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *_: Any, **sources: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        found = [sources["init_settings"], _Environment(settings_cls)]
        if path := os.environ.get(PREFIX + "CONFIG"):
            if not Path(path).is_file():
                raise BadConfig([f"{PREFIX}CONFIG: нет такого файла: {path}"])
            found.append(TomlConfigSettingsSource(settings_cls, toml_file=path))
        return tuple(found)

    @classmethod
    def load(cls, **values: Any) -> Self:
        """Read the environment and the file; raises BadConfig with every problem."""
        _, problems = _texts_of_files(os.environ)
        try:
            config = cls(**values)
        except ValidationError as error:
            problems += [_problem(one) for one in error.errors()]
        except SettingsError as error:
            problems.append(f"группа задаётся по одной настройке, {PREFIX}ГРУППА__ИМЯ: {error}")
        except tomllib.TOMLDecodeError as error:
            problems.append(f"{PREFIX}CONFIG: не TOML: {error}")
        if problems:
            # not `from`: the cause would carry the values, and some of them are secrets
            raise BadConfig(problems)
        return config


_RUSSIAN = {
    "missing": "не задана",
    "extra_forbidden": "нет такой настройки",
    "int_parsing": "нужно целое число",
    "decimal_parsing": "нужно число",
    "date_from_datetime_parsing": "нужен день вида 2026-11-22",
    "date_parsing": "нужен день вида 2026-11-22",
    "bool_parsing": "нужно yes или no",
    "literal_error": "нет такого значения",
    "string_type": "нужна строка",
    "greater_than_equal": "слишком малое число",
    "less_than_equal": "слишком большое число",
}


def _problem(error: Any) -> str:
    name = PREFIX + "__".join(str(part) for part in error["loc"]).upper()
    said = str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {_RUSSIAN.get(error['type'], said)}"
