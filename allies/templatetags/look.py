"""What the shared templates need and plain templates cannot say: the menu, labels that describe, counts in words."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# The paths that the design fixes.
SECTIONS = (
    ("home", "Home", "/"),
    ("meetings", "Meetings", "/meetings/"),
    ("actions", "Actions", "/actions/"),
    ("decisions", "Decisions", "/decisions/"),
    ("interests", "Interests", "/interests/"),
    ("risks", "Risks", "/risks/"),
    ("projects", "Projects", "/projects/"),
    ("people", "People", "/people/"),
    ("search", "Search", "/search/"),
)
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@register.simple_block_tag(takes_context=True)
def site_navigation(context: template.Context, content: str) -> SafeString:
    """Render the menu. What stands between the tags is the key of the section that the page belongs to."""
    sections = [
        {"key": key, "name": name, "path": path, "current": key == content.strip()}
        for key, name, path in SECTIONS
    ]
    menu = context.template.engine.get_template("components/navigation.html")
    with context.push(sections=sections):
        return menu.render(context)


@register.filter
def initials(name: str) -> str:
    """Give the first letters of a person's first and last names: "Ada Okafor" is "AO"."""
    words = str(name).split()
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


@register.simple_tag
def control(field: BoundField, hint: str = "") -> SafeString:
    """Render a field's control, described by its hint and its error."""
    attributes: dict[str, str] = {}
    if hint and not field.help_text and not field.use_fieldset:
        attributes["aria-describedby"] = described_by(field, hint)
    return field.as_widget(attrs=attributes)


@register.simple_tag
def described_by(field: BoundField, hint: str = "") -> str:
    """Give the ids of the words that describe a field: its hint, then its error."""
    ids = [f"{field.auto_id}_helptext"] if hint or field.help_text else []
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(ids)


@register.simple_tag
def errors_in(*forms: BaseForm | BaseFormSet | Iterable[BaseForm] | None) -> list[dict[str, str]]:
    """List the errors of forms and formsets in the order of the page.

    Each is {"target": the id of the first control to mend, empty for a whole form, "words": what is wrong}.
    """
    found = []
    for form in _each_form(forms):
        if isinstance(form, BaseFormSet):
            found += [{"target": "", "words": words} for words in form.non_form_errors()]
            continue
        found += [{"target": "", "words": words} for words in form.non_field_errors()]
        for field in form:
            found += [{"target": first_control(field), "words": words} for words in field.errors]
    return found


def _each_form(forms: Iterable[Any]) -> Iterable[BaseForm | BaseFormSet]:
    for form in forms:
        if isinstance(form, BaseFormSet):
            yield form
            yield from form.forms
        elif isinstance(form, BaseForm):
            yield form
        elif form:
            yield from _each_form(form)


@register.filter
def first_control(field: BoundField) -> str:
    """Give the id of the control that a label or an error should lead to."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


@register.filter
def things_need_you(count: int) -> str:
    """Give the title of an error summary: "Two things need you"."""
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} thing needs you" if count == 1 else f"{number} things need you"


@register.filter
def widget_kind(field: BoundField) -> str:
    """Give what a field's control is: checkbox, radio, date, file, select, textarea or input."""
    kinds = {
        "checkbox": "checkbox",
        "radioselect": "radio",
        "choicecards": "radio",
        "datefields": "date",
        "partialdatefields": "date",
        "select": "select",
        "textarea": "textarea",
    }
    return kinds.get(field.widget_type, "file" if "file" in field.widget_type else "input")


@register.filter
def times(count: int) -> str:
    """Give a count of carries in words: "1 time", "3 times"."""
    return f"{count} time" if count == 1 else f"{count} times"


@register.simple_tag
def person_link(person: Any, name: str = "") -> SafeString:
    """Render components/person.html without space around it, for names in a sentence."""
    return mark_safe(render_to_string("components/person.html", {"person": person, "name": name}).strip())
