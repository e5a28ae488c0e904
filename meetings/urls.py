"""Addresses of meetings and of the pages that join everything."""

from django.urls import include, path

from allies.views import organisations as partners
from allies.views import projects as work
from meetings.views import (
    agenda,
    answers,
    attendance,
    calendar,
    cases,
    circulation,
    conflicts,
    corrections,
    deciding,
    decisions,
    declared,
    erasing,
    history,
    home,
    importing,
    meetings,
    mentions,
    notes_files,
    organisations,
    papers,
    personal,
    planning,
    projects,
    public_notes,
    publishing,
    risk,
    scheme,
    search,
    settling,
)
from meetings.views.workspace import agenda as workspace_agenda
from meetings.views.workspace import (
    cards,
    leaving,
    lines,
    live,
    next_meeting,
    page,
    people,
    reviewing,
    saving,
    versions,
)
from meetings.views.workspace import conflicts as workspace_conflicts
from risks.urls import risk_urls
from risks.views import positions, ranking

meeting_urls = [
    path("meetings/", meetings.meeting_list, name="list"),
    path("meetings/plan/", planning.plan, name="plan"),
    path("meetings/import/", importing.bring_in_notes, name="import"),
    path("meetings/<int:pk>/settle/", settling.settle, name="settle"),
    path("meetings/on/<slug:slug>/<str:day>/", meetings.on_day, name="on_day"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/notes.<str:ending>", notes_files.notes_file, name="notes_file"),
    path("meetings/<int:pk>/notes/", page.workspace, name="workspace"),
    path("meetings/<int:pk>/notes/begin/", next_meeting.begin, name="begin_workspace"),
    path("meetings/<int:pk>/notes/who/", saving.who, name="who"),
    path("meetings/<int:pk>/notes/follow/", next_meeting.follow, name="follow"),
    path("meetings/<int:pk>/notes/settle/", leaving.before_leaving, name="before_leaving"),
    path("meetings/<int:pk>/notes/settle/<int:settled>/", leaving.ask_again, name="ask_again"),
    path("meetings/<int:pk>/notes/present/", people.presence, name="presence"),
    path("meetings/<int:pk>/notes/guest/", people.guest, name="guest"),
    path("meetings/<int:pk>/notes/present/<int:attendance>/", people.times, name="times"),
    path("meetings/<int:pk>/notes/interests/", workspace_conflicts.answers, name="say_interests"),
    path(
        "meetings/<int:pk>/notes/handled/<int:handled>/back/", workspace_conflicts.came_back, name="came_back"
    ),
    path("meetings/<int:pk>/notes/<int:item>/interests/", workspace_conflicts.touching, name="touching"),
    path("meetings/<int:pk>/notes/<int:item>/chair/", workspace_conflicts.take_chair, name="take_chair"),
    path(
        "meetings/<int:pk>/notes/<int:item>/next-meeting/",
        workspace_conflicts.move_to_next,
        name="move_to_next",
    ),
    path("meetings/<int:pk>/notes/review/", reviewing.review, name="review"),
    path("meetings/<int:pk>/notes/next/", next_meeting.next_meeting, name="say_next"),
    path("meetings/<int:pk>/notes/items/", workspace_agenda.add_item, name="workspace_add_item"),
    path("meetings/<int:pk>/notes/lines/<int:mention>/", lines.answer_line, name="answer_line"),
    path(
        "meetings/<int:pk>/notes/decisions/<int:decision>/",
        workspace_agenda.change_decision,
        name="change_decision",
    ),
    path("meetings/<int:pk>/notes/<int:item>/save/", saving.save, name="save_notes"),
    path("meetings/<int:pk>/notes/<int:item>/picked-up/", cards.picked_up_part, name="picked_up"),
    path("meetings/<int:pk>/notes/<int:item>/as-it-reads/", page.as_it_reads, name="as_it_reads"),
    path(
        "meetings/<int:pk>/notes/<int:item>/both/<int:number>/", versions.both_versions, name="both_versions"
    ),
    path("meetings/<int:pk>/notes/<int:item>/revisions/", versions.revisions, name="revisions"),
    path(
        "meetings/<int:pk>/notes/<int:item>/revisions/<int:number>/bring-back/",
        versions.bring_revision_back,
        name="bring_back",
    ),
    path("meetings/<int:pk>/notes/<int:item>/decide/", workspace_agenda.decide, name="decide"),
    path("meetings/<int:pk>/notes/<int:item>/cases/<int:case>/", cases.decide, name="decide_case"),
    path("meetings/<int:pk>/cases/<int:case>/take-up/", cases.take_up, name="take_up_case"),
    path("meetings/<int:pk>/notes/<int:item>/skip/", workspace_agenda.skip, name="skip_item"),
    path("meetings/<int:pk>/notes/<int:item>/move/", workspace_agenda.move_item, name="workspace_move_item"),
    path(
        "meetings/<int:pk>/notes/<int:item>/change/",
        workspace_agenda.item_words,
        name="workspace_change_item",
    ),
    path("meetings/<int:pk>/live/", live.live, name="live"),
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
    path("meetings/<int:pk>/interests/", conflicts.interests, name="interests"),
    path("meetings/<int:pk>/papers/add/", papers.add, name="add_paper"),
    path("meetings/<int:pk>/decisions/add/", deciding.add, name="add_decision"),
    path("meetings/<int:pk>/next/", deciding.announce, name="announce"),
    path("meetings/<int:pk>/history/", history.history, name="history"),
    path("meetings/<int:pk>/declare/", conflicts.declare, name="declare"),
    path(
        "meetings/<int:pk>/declarations/<int:declaration>/withdraw/",
        conflicts.withdraw_declaration,
        name="withdraw_declaration",
    ),
    path(
        "meetings/<int:pk>/notes/handled/<int:handled>/take-back/",
        conflicts.take_back_handling,
        name="take_back_handling",
    ),
    path("meetings/<int:pk>/circulation/", circulation.circulation, name="circulation"),
    path("meetings/<int:pk>/circulation/circulate/", circulation.circulate, name="circulate"),
    path("meetings/<int:pk>/circulation/reopen/", circulation.reopen, name="reopen"),
    path("meetings/<int:pk>/circulation/approve/", circulation.approve, name="approve"),
    path("meetings/<int:pk>/circulation/add/", circulation.add, name="add_to_notes"),
    path("meetings/<int:pk>/circulation/suggest/", corrections.suggest, name="suggest"),
    path(
        "meetings/<int:pk>/circulation/corrections/<int:correction>/",
        corrections.answer,
        name="answer_correction",
    ),
    path("meetings/<int:pk>/versions/<int:number>/", circulation.version, name="version"),
    path("meetings/<int:pk>/publish/", publishing.publish, name="publish"),
    path("meetings/<int:pk>/publish/preview/", publishing.preview, name="publish_preview"),
    path("meetings/<int:pk>/publish/out/", publishing.put_out, name="publish_out"),
    path("meetings/<int:pk>/publish/withdraw/", publishing.withdraw, name="withdraw_notes"),
    path("notes/", public_notes.notes_list, name="published"),
    path("notes/feed.atom", public_notes.feed, name="published_feed"),
    path("notes/<slug:address>/", public_notes.notes, name="published_notes"),
    path("notes/<slug:address>/notes.<str:ending>", public_notes.notes_file, name="published_file"),
    path("decisions/<int:pk>/", declared.decision, name="decision"),
    path("people/<int:pk>/declared/", declared.declared_by, name="declared_by"),
    path("interests/<int:pk>/declared/", declared.declared_from, name="declared_from"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/withdraw/", papers.withdraw, name="withdraw_paper"),
    path("decisions/<int:pk>/withdraw/", deciding.withdraw, name="withdraw_decision"),
    path("actions/<int:pk>/mentions/", mentions.mentions, name="mentions"),
]
calendar_urls = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/renew/", calendar.renew, name="renew"),
    path("calendar/end/", calendar.end, name="end"),
    path("calendar.ics", calendar.own_calendar, name="own"),
    path("calendar/<slug:secret>.ics", calendar.feed, name="feed"),
]
erasing_urls = [
    path("people/<int:pk>/erase/", erasing.erase, name="erase"),
    path("people/<int:pk>/erase/confirm/", erasing.confirm, name="confirm"),
    path("erasures/", erasing.erasures, name="erasures"),
]
personal_urls = [
    path("people/<int:pk>/data/", personal.data, name="data"),
    path("people/<int:pk>/data/download/", personal.download, name="download"),
]
# The pages of a project and of a partner join what every app knows of them; their forms are those of `allies`.
organisation_urls = [
    path("", partners.organisations, name="list"),
    path("new/", partners.new, name="new"),
    path("<int:pk>/", organisations.organisation, name="organisation"),
    path("<int:pk>/edit/", partners.edit, name="edit"),
    path("<int:pk>/values/", positions.on_organisation, name="values"),
    path("<int:pk>/history/", partners.history, name="history"),
]
project_urls = [
    path("", ranking.projects, name="list"),
    path("new/", work.new, name="new"),
    path("<int:pk>/", projects.project, name="project"),
    path("<int:pk>/edit/", work.edit, name="edit"),
    path("<int:pk>/values/", positions.on_project, name="values"),
    path("<int:pk>/history/", work.history, name="history"),
    path("<int:pk>/parts/new/", work.new_part, name="new_part"),
    path("<int:pk>/parts/<int:part_pk>/", work.edit_part, name="edit_part"),
    path("<int:pk>/parts/<int:part_pk>/end/", work.end_part, name="end_part"),
]
# The page of a risk says which meetings spoke of it; a scheme is adopted by a decision.
register_urls = [
    *risk_urls,
    path("<int:pk>/", risk.risk, name="risk"),
    path("scheme/", scheme.scheme, name="scheme"),
    path("scheme/<int:pk>/adopt/", scheme.adopt, name="adopt_scheme"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search_page, name="search"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("organisations/", include((organisation_urls, "organisations"))),
    path("projects/", include((project_urls, "projects"))),
    path("risks/", include((register_urls, "risks"))),
    path("", include((calendar_urls, "calendar"))),
    path("", include((erasing_urls, "erasing"))),
    path("", include((personal_urls, "personal"))),
    path("", include((meeting_urls, "meetings"))),
]
