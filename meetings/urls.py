"""Addresses of meetings and of the pages that join everything."""

from django.urls import include, path

from meetings.views import (
    agenda,
    answers,
    attendance,
    deciding,
    decisions,
    history,
    home,
    importing,
    meetings,
    mentions,
    notes_files,
    papers,
    planning,
    search,
    settling,
)

meeting_urls = [
    path("meetings/", meetings.meeting_list, name="list"),
    path("meetings/plan/", planning.plan, name="plan"),
    path("meetings/import/", importing.bring_in_notes, name="import"),
    path("meetings/<int:pk>/settle/", settling.settle, name="settle"),
    path("meetings/on/<slug:slug>/<str:day>/", meetings.on_day, name="on_day"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/notes.<str:ending>", notes_files.notes_file, name="notes_file"),
    path("meetings/<int:pk>/change/", planning.change, name="change"),
    path("meetings/<int:pk>/call-off/", planning.call_off, name="call_off"),
    path("meetings/<int:pk>/begin/", planning.begin, name="begin"),
    path("meetings/<int:pk>/answer/", answers.answer, name="answer"),
    path("meetings/<int:pk>/invitations/", answers.invitations, name="invitations"),
    path("meetings/<int:pk>/agenda/", agenda.agenda, name="agenda"),
    path("meetings/<int:pk>/items/<int:number>/", agenda.item_notes, name="item"),
    path("meetings/<int:pk>/items/<int:number>/change/", agenda.item_words, name="change_item"),
    path("meetings/<int:pk>/items/<int:number>/move/", agenda.move, name="move_item"),
    path("meetings/<int:pk>/items/<int:number>/remove/", agenda.remove, name="remove_item"),
    path("meetings/<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("meetings/<int:pk>/interests/", attendance.interests, name="interests"),
    path("meetings/<int:pk>/papers/add/", papers.add, name="add_paper"),
    path("meetings/<int:pk>/decisions/add/", deciding.add, name="add_decision"),
    path("meetings/<int:pk>/next/", deciding.announce, name="announce"),
    path("meetings/<int:pk>/history/", history.history, name="history"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/withdraw/", papers.withdraw, name="withdraw_paper"),
    path("decisions/<int:pk>/withdraw/", deciding.withdraw, name="withdraw_decision"),
    path("actions/<int:pk>/mentions/", mentions.mentions, name="mentions"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search_page, name="search"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("", include((meeting_urls, "meetings"))),
]
