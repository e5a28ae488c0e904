"""A deadline in one's own words: a day that is in no calendar is asked about once, wherever one is typed."""

import pytest
from django import forms

from actions.forms.deadlines import NO_SUCH_DAY, DeadlineField
from actions.forms.managing import DeadlineForm, NewActionForm
from meetings.forms.cases import CaseActionForm
from meetings.forms.workspace import AgainForm
from risks.forms.escalations import ToDoForm
from risks.forms.registering import TreatForm


class Asking(forms.Form):
    by_when = DeadlineField()


def sent(form=Asking, **typed: str):
    return form(typed)


@pytest.mark.parametrize("words", ["31/02/2026", "by 31 June, or so", "30 February 2026"])
def test_it_asks_once_and_keeps_the_words_when_they_are_sent_again(words):
    first = sent(by_when=words)
    assert [error.code for error in first.errors.as_data()["by_when"]] == ["no_such_day"]
    assert f'<input type="hidden" name="asked_by_when" value="{words}">' in str(first["by_when"])
    again = sent(by_when=words, asked_by_when=words)
    assert (again.is_valid(), again.cleaned_data) == (True, {"by_when": words})


def test_other_words_in_no_calendar_are_asked_about_anew():
    form = sent(by_when="31 April 2026", asked_by_when="31 June 2026")
    assert form.errors["by_when"] == [NO_SUCH_DAY.format(day="31 April 2026")]


@pytest.mark.parametrize("words", ["", "28/02/2026", "at the next meeting", "31 Jan 2026"])
def test_other_deadlines_are_asked_nothing(words):
    form = sent(by_when=words)
    assert (form.is_valid(), form.cleaned_data) == (True, {"by_when": words})
    assert "hidden" not in str(form["by_when"])


def test_words_that_stand_already_are_not_asked_about():
    assert 'name="asked_by_when" value="31/02/2026"' in str(
        Asking(initial={"by_when": "31/02/2026"})["by_when"]
    )


def test_the_hidden_words_follow_the_prefix_of_the_form():
    form = Asking({"row-1-by_when": "31 June"}, prefix="row-1")
    assert 'name="row-1-asked_by_when"' in str(form["by_when"])


def test_a_row_left_empty_has_not_changed():
    formset = forms.formset_factory(Asking, extra=1)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-by_when": ""}
    )
    assert (formset.is_valid(), formset.forms[0].has_changed()) == (True, False)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (NewActionForm, "deadline"),
        (DeadlineForm, "words"),
        (ToDoForm, "deadline"),
        (TreatForm, "deadline"),
        (CaseActionForm, "deadline"),
        (AgainForm, "deadline"),
    ],
)
def test_every_form_that_takes_a_deadline_asks(form, field):
    assert isinstance(form.base_fields[field], DeadlineField)
