"""What of a form may be kept: never a password, a code or a token, whatever the form."""

import wtforms
from aiohttp import web

from lkcap.kit.forms import Form, OneTimeCode, kept_names, known_forms
from lkcap.kit.places import ASKED_ANEW, pages_of, shape_of

# Typed from a paper that is shown to anybody: no secret.
OF_PAPERS = {"lkcap.references.forms.VerifyForm"}


def fields(app: web.Application) -> list[tuple[type[Form], wtforms.Field]]:
    """Every field of every form of the site, which imports all of them."""
    assert app
    return [(one, field) for one in set(known_forms()) for field in one()]


def package(form: type[Form]) -> str:
    return ".".join(form.__module__.split(".")[:2])


async def test_no_password_of_any_form_is_kept(app: web.Application):
    found = [one for one in fields(app) if isinstance(one[1], wtforms.PasswordField)]
    assert len(found) >= 10
    for form, field in found:
        assert field.name not in kept_names(package(form)), (form, field.name)


async def test_no_code_of_another_device_is_kept(app: web.Application):
    found = [
        (form, field)
        for form, field in fields(app)
        if "code" in field.name and f"{form.__module__}.{form.__name__}" not in OF_PAPERS
    ]
    assert len(found) >= 3
    for form, field in found:
        assert isinstance(field, OneTimeCode), form
        assert field.name not in kept_names(package(form)), form


async def test_no_token_is_kept(app: web.Application):
    for form, _ in fields(app):
        assert "csrf" not in kept_names(package(form))


async def test_what_people_write_is_kept(app: web.Application):
    assert app
    assert {"title", "body", "publish_at", "version"} <= kept_names("lkcap.news")
    assert {"decision", "reason", "words", "last_name"} <= kept_names("lkcap.registration")
    assert kept_names("lkcap.payments") == {"account", "principal", "penalty", "form"}
    assert "email" in kept_names("lkcap.profile")


async def test_every_form_that_is_asked_anew_exists(app: web.Application):
    sent_to = {
        shape_of(one.resource.canonical)
        for one in app.router.routes()
        if one.method == "POST" and one.resource
    }
    assert sent_to >= ASKED_ANEW


async def test_the_page_of_a_form_is_one_of_ours(app: web.Application):
    pages = pages_of(app)
    assert {"/settings", "/staff/news/{id}", "/register"} <= pages.keys()
    assert not [one for one in pages if one.startswith("/static")]
