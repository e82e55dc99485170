"""Addresses of working groups."""

from django.urls import path

from .views import deciding, inviting, joining, leading, life, office, posts, public, talking

GROUPS = "arbeitsgruppen/"
ONE = f"{GROUPS}<slug:slug>/"
ROOM = f"{ONE}raum/"
THREAD = f"{ROOM}<int:pk>/"
POST = f"{THREAD}<int:post>/"
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
    path(OFFICE, office.groups, name="office_groups"),
    path(IN_OFFICE, office.group, name="office_group"),
    path(f"{IN_OFFICE}auftrag/", office.mandate, name="edit_mandate"),
    path(f"{IN_OFFICE}gruenden/", deciding.found, name="found_group"),
    path(f"{IN_OFFICE}ablehnen/", deciding.decline, name="decline_group"),
    path(f"{IN_OFFICE}verlaengern/", deciding.prolong, name="prolong_group"),
    path(f"{IN_OFFICE}uebernehmen/", deciding.take_over, name="step_in"),
]
