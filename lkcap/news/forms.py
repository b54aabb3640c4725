"""What an editor writes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from lkcap.kit.forms import Form
from lkcap.news.model import Draft

TITLE_MAX = 150
BODY_MAX = 20_000
MOMENTS = ("%d.%m.%Y %H:%M", "%d.%m.%Y", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d")
NOT_A_MOMENT = "Введите день и время, например 05.12.2026 09:00"


class ArticleForm(Form):
    title = StringField(
        "Заголовок",
        [DataRequired("Напишите заголовок"), Length(max=TITLE_MAX, message="Короче 150 знаков")],
    )
    body = TextAreaField(
        "Текст",
        [DataRequired("Напишите текст"), Length(max=BODY_MAX, message="Короче 20 000 знаков")],
    )
    publish_at = StringField("Когда опубликовать")
    readers = StringField("Для кого")
    is_pinned = BooleanField("Закрепить вверху списка")
    version = HiddenField()

    @classmethod
    def of(cls, draft: Draft, zone: ZoneInfo) -> "ArticleForm":
        """The article as it was saved."""
        at = draft.published_at
        return cls(
            data={
                "title": draft.title,
                "body": draft.body,
                "publish_at": f"{at.astimezone(zone):%d.%m.%Y %H:%M}" if at else "",
                "readers": draft.house or draft.town,
                "is_pinned": draft.is_pinned,
                "version": str(draft.version),
            }
        )

    def moment(self, zone: ZoneInfo, now: datetime) -> datetime | None:
        """When it is to be published: empty is now; None (and an error) for what is no moment."""
        said = " ".join((self.publish_at.data or "").split())
        if not said:
            return now
        for form in MOMENTS:
            try:
                return datetime.strptime(said, form).replace(tzinfo=zone)
            except ValueError:
                continue
        self.refuse("publish_at", NOT_A_MOMENT)
        return None


class TextForm(Form):
    body = TextAreaField("Текст страницы", [Length(max=BODY_MAX, message="Короче 20 000 знаков")])
