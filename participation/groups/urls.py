"""Addresses of working groups."""

from django.urls import path

from .views import (
    calendars,
    convening,
    deciding,
    inviting,
    joining,
    leading,
    life,
    lifts,
    meetings,
    notes,
    office,
    polls,
    posts,
    public,
    talking,
    tasks,
)

GROUPS = "arbeitsgruppen/"
ONE = f"{GROUPS}<slug:slug>/"
ROOM = f"{ONE}raum/"
THREAD = f"{ROOM}<int:pk>/"
POST = f"{THREAD}<int:post>/"
MEETINGS = f"{ONE}treffen/"
MEETING = f"{MEETINGS}<int:pk>/"
POLL = f"{MEETINGS}termin-finden/<int:pk>/"
NOTES = f"{MEETING}notizen/"
LIFTS = f"{MEETING}mitfahren/"
TASKS = f"{ONE}aufgaben/"
TASK = f"{TASKS}<int:pk>/"
OFFICE = "geschaeftsstelle/arbeitsgruppen/"
IN_OFFICE = f"{OFFICE}<slug:slug>/"

urlpatterns = [
    path(GROUPS, public.groups, name="groups"),
    path(f"{GROUPS}vorschlagen/", joining.propose, name="propose_group"),
    path(f"{GROUPS}einladung/<str:token>/", inviting.invitation, name="member_invitation"),
    path(ONE, public.group, name="group"),
    path(f"{ONE}mitmachen/", joining.join, name="join_group"),
    path(f"{ONE}austreten/", joining.leave, name="leave_group"),
    path(f"{ONE}mitglieder/", leading.members, name="group_members"),
    path(f"{ONE}mitglieder/<int:pk>/", leading.member, name="group_member"),
    path(f"{ONE}beschreiben/", leading.describe, name="describe_group"),
    path(f"{ONE}stand/", life.stand, name="group_stand"),
    path(f"{ONE}bericht/", life.report, name="group_report"),
    path(ROOM, talking.room, name="group_room"),
    path(f"{ROOM}neu/", talking.new_thread, name="new_thread"),
    path(f"{ROOM}gelesen/", talking.read, name="read_threads"),
    path(THREAD, talking.thread, name="thread"),
    path(f"{THREAD}gelesen/", talking.read, name="read_thread"),
    path(f"{THREAD}anheften/", talking.pin, name="pin_thread"),
    path(f"{POST}aendern/", posts.edit, name="edit_post"),
    path(f"{POST}entfernen/", posts.remove, name="remove_post"),
    path(f"{POST}ausblenden/", posts.hide, name="hide_post"),
    path(f"{POST}zeigen/", posts.show, name="show_post"),
    path(MEETINGS, meetings.meetings, name="group_meetings"),
    path(f"{MEETINGS}neu/", convening.plan, name="plan_meeting"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}kalender.ics", meetings.meeting_ics, name="meeting_ics"),
    path(f"{MEETING}aendern/", convening.change, name="change_meeting"),
    path(f"{MEETING}absagen/", convening.cancel, name="cancel_meeting"),
    path(f"{MEETING}anwesenheit/", convening.attendance, name="meeting_attendance"),
    path(LIFTS, lifts.lifts, name="meeting_lifts"),
    path(f"{LIFTS}fragen/<int:lift>/", lifts.ask, name="ask_for_ride"),
    path(f"{LIFTS}<int:ride>/", lifts.answer, name="answer_ride"),
    path(TASKS, tasks.tasks, name="group_tasks"),
    path(f"{TASKS}neu/", tasks.new, name="new_task"),
    path(TASK, tasks.task, name="task"),
    path(f"{TASK}stand/", tasks.step, name="task_step"),
    path(f"{OFFICE}aufgaben/", tasks.office, name="office_tasks"),
    path(f"{MEETINGS}termin-finden/", polls.new, name="new_poll"),
    path(POLL, polls.poll, name="date_poll"),
    path(f"{POLL}waehlen/", polls.choose, name="choose_date"),
    path(f"{POLL}beenden/", polls.drop, name="drop_poll"),
    path(NOTES, notes.notes, name="meeting_notes"),
    path(f"{NOTES}schreiben/", notes.write, name="write_notes"),
    path(f"{NOTES}stift/", notes.pen, name="notes_pen"),
    path(f"{NOTES}stand/", notes.step, name="notes_step"),
    path("termine/", calendars.public, name="calendar"),
    path("termine/kalender.ics", calendars.public_ics, name="calendar_ics"),
    path("termine/atom.xml", calendars.public_atom, name="calendar_atom"),
    path("meine/kalender/", calendars.mine, name="my_calendars"),
    path("kalender/<str:token>.ics", calendars.feed, name="calendar_feed"),
    path(OFFICE, office.groups, name="office_groups"),
    path(IN_OFFICE, office.group, name="office_group"),
    path(f"{IN_OFFICE}auftrag/", office.mandate, name="edit_mandate"),
    path(f"{IN_OFFICE}gruenden/", deciding.found, name="found_group"),
    path(f"{IN_OFFICE}ablehnen/", deciding.decline, name="decline_group"),
    path(f"{IN_OFFICE}verlaengern/", deciding.prolong, name="prolong_group"),
    path(f"{IN_OFFICE}uebernehmen/", deciding.take_over, name="step_in"),
]
