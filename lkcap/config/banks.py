"""The banks' terms of this shop, a group of settings each."""

from pydantic import SecretStr
from pydantic import field_validator as check

from lkcap.config.groups import Group
from lkcap.config.values import Texts, Url

GPB_TERMS = "start_url merch_id account_id register_url certificates"
SNGB_TERMS = "init_url status_url tran_url merchant terminal psk token"
# What the bank takes in its answers.
GPB_ACCOUNT_MAX = 32


class Gpb(Group):
    """Gazprombank's terms of this shop."""

    start_url: Url = ""
    merch_id: str = ""
    account_id: str = ""
    page_id: str = ""
    lang_param: str = ""
    register_url: Url = ""
    certificates: Texts = ()
    basic_auth: SecretStr | None = None
    allowed_ips: Texts = ()
    refund_url: Url = ""
    api_password: SecretStr | None = None

    @check("account_id")
    @classmethod
    def _short(cls, account_id: str) -> str:
        """Longer, it would be refused at every payment."""
        if len(account_id) > GPB_ACCOUNT_MAX:
            raise ValueError(f"у банка не длиннее {GPB_ACCOUNT_MAX} знаков")
        return account_id

    @check("register_url")
    @classmethod
    def _without_query(cls, url: str) -> str:
        """The bank writes its query after the address, and signs both."""
        if "?" in url:
            raise ValueError("нужен адрес без «?»: параметры приписывает банк")
        return url


class Sngb(Group):
    """СНГБ's terms of this shop (its classic interface)."""

    init_url: Url = ""
    status_url: Url = ""
    tran_url: Url = ""
    merchant: str = ""
    terminal: str = ""
    psk: SecretStr | None = None
    token: SecretStr | None = None
    refund_signs_action: bool = False

    @property
    def is_set(self) -> bool:
        """Its calls are served and its orders asked about, chosen for new payments or not."""
        return not self.missing(SNGB_TERMS)
