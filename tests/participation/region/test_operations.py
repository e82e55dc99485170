"""Changing the region."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from participation.core.errors import NotAllowed, Outdated, Refusal
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.region import operations
from participation.region.models import Alliance, FieldOfAction, LegalText, Municipality, Partner
from participation.region.pictures import logo_folder
from participation.region.queries import fields_for_office, legal_text, the_alliance
from tests.factories import (
    ActorFactory,
    AllianceFactory,
    AppointmentFactory,
    FieldOfActionFactory,
    MunicipalityFactory,
    PartnerFactory,
)
from tests.participation.region.test_pictures import drawn

pytestmark = pytest.mark.django_db
TOWN = {"ags": "09671143", "postcodes": "63776", "latitude": 50.07, "longitude": 9.17}


def everything():
    """All rows of the region and the log, to compare before and after."""
    return [
        sorted(map(repr, model.objects.values()))
        for model in (Alliance, Municipality, FieldOfAction, Partner, LegalText, Event)
    ]


def last_event():
    event = Event.objects.latest("pk")
    return event.kind, event.by, event.facts


def test_the_first_change_makes_the_alliances_row(mia):
    operations.change_alliance(by=mia, name="Allianz am See")

    assert Alliance.objects.get().name == "Allianz am See"
    assert last_event() == (Kind.ALLIANCE_CHANGED, mia, {"fields": ["name"]})


def test_the_log_names_changed_fields_and_never_their_content(mia):
    AllianceFactory()

    operations.change_alliance(
        by=mia, email="neu@allianz.example", short_name="Neu", name="Kommunale Allianz Beispielland"
    )

    assert last_event() == (Kind.ALLIANCE_CHANGED, mia, {"fields": ["email", "short_name"]})


def test_saving_what_is_there_changes_nothing(mia):
    alliance = AllianceFactory()
    before = everything()

    operations.change_alliance(by=mia, seen=99, name=alliance.name, email=alliance.email)

    assert everything() == before


def test_of_two_who_edit_at_once_only_one_wins(mia):
    alliance = AllianceFactory()
    operations.change_alliance(by=mia, seen=alliance.version, phone="1")
    before = everything()

    with pytest.raises(Outdated):
        operations.change_alliance(by=mia, seen=alliance.version, phone="2")

    assert everything() == before


def test_a_change_leaves_the_other_fields_alone(mia):
    town = MunicipalityFactory()
    Municipality.objects.filter(pk=town.pk).update(about="Von jemand anderem geschrieben")

    operations.change_municipality(town, by=mia, population=1200)

    assert Municipality.objects.get(pk=town.pk).about == "Von jemand anderem geschrieben"


def test_a_colour_that_cannot_be_read_is_refused_with_its_ratio_and_the_nearest(mia):
    AllianceFactory()
    before = everything()

    with pytest.raises(operations.UnreadableAccent) as refusal:
        operations.change_alliance(by=mia, accent="#ffff00")

    assert "#707000" in str(refusal.value)
    assert everything() == before


def test_a_refused_colour_suggests_one_that_is_taken(mia):
    AllianceFactory()

    operations.change_alliance(by=mia, accent="#707000")

    assert the_alliance().accent == "#707000"


def test_slugs_are_written_out_in_german_and_never_twice(mia):
    names = ["Mömbris", "Mombris", "Moembris", "Groß Ü", "😀"]

    rows = [
        operations.add_municipality(by=mia, name=name, **TOWN | {"ags": f"0967114{number}"})
        for number, name in enumerate(names)
    ]

    assert [row.slug for row in rows] == ["moembris", "mombris", "moembris-2", "gross-ue", "municipality"]


def test_a_name_that_is_taken_is_refused(mia):
    operations.add_municipality(by=mia, name="Wiesen", **TOWN)
    before = everything()

    with pytest.raises(operations.NameTaken):
        operations.add_municipality(by=mia, name="Wiesen", **TOWN | {"ags": "09671162"})
    with pytest.raises(operations.NameTaken):
        operations.add_municipality(by=mia, name="Wiesental", **TOWN)

    assert everything() == before


def test_renaming_to_a_name_that_is_taken_is_refused(mia):
    PartnerFactory(name="Naturpark")
    other = PartnerFactory()
    before = everything()

    with pytest.raises(operations.NameTaken):
        operations.change_partner(other, by=mia, name="Naturpark")

    assert everything() == before


def test_a_renamed_municipality_keeps_its_address(mia):
    town = operations.add_municipality(by=mia, name="Wiesen", **TOWN)

    operations.change_municipality(town, by=mia, name="Markt Wiesen")

    assert (town.name, town.slug) == ("Markt Wiesen", "wiesen")


def test_a_removed_municipality_leaves_its_people_their_accounts(mia):
    town = MunicipalityFactory()
    ada = ActorFactory(municipality=town)

    operations.remove_municipality(town, by=mia)

    ada.refresh_from_db()
    assert ada.municipality is None
    assert last_event() == (
        Kind.MUNICIPALITY_CHANGED,
        mia,
        {"id": town.pk or last_event()[2]["id"], "fields": ["removed"]},
    )


def test_a_municipality_with_a_mayor_cannot_be_removed(mia):
    mayor = AppointmentFactory(post="mayor")
    before = everything()

    with pytest.raises(operations.StillNeeded):
        operations.remove_municipality(mayor.municipality, by=mia)

    assert everything() == before


def test_changing_what_somebody_removed_is_refused(mia):
    partner = PartnerFactory()
    Partner.objects.all().delete()
    before = everything()

    with pytest.raises(Outdated):
        operations.change_partner(partner, by=mia, name="Zu spät")

    assert everything() == before


def test_a_new_field_stands_at_the_end_and_can_be_moved(mia):
    first, second, third = (operations.add_field(by=mia, name=name) for name in "ABC")

    operations.move_field(third, by=mia, up=True)
    operations.move_field(first, by=mia, up=True)
    operations.move_field(second, by=mia, up=False)

    assert [field.name for field in fields_for_office()] == ["A", "C", "B"]


def test_a_retired_field_stays_in_the_office_and_is_no_longer_offered(mia):
    field = FieldOfActionFactory()

    operations.change_field(field, by=mia, active=False)

    assert list(fields_for_office()) == [field]
    assert not FieldOfAction.objects.filter(active=True).exists()


def test_partners_come_and_go(mia):
    partner = operations.add_partner(by=mia, name="Naturpark Spessart", together="Wege pflegen")

    operations.change_partner(partner, by=mia, together="Wege und Hecken pflegen")
    operations.remove_partner(partner, by=mia)

    facts = [event.facts["fields"] for event in Event.objects.filter(kind=Kind.PARTNER_CHANGED).order_by("pk")]
    assert facts == [["added"], ["together"], ["removed"]]
    assert not Partner.objects.exists()


def test_a_new_logo_replaces_the_former_one(mia, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            operations.set_logo(SimpleUploadedFile("x.png", drawn()), alt="Hügel", by=mia)

    assert [path.name for path in logo_folder().iterdir()] == [the_alliance().logo]
    assert the_alliance().logo_alt == "Hügel"

    with django_capture_on_commit_callbacks(execute=True):
        operations.remove_logo(by=mia)

    assert (the_alliance().logo, list(logo_folder().iterdir())) == ("", [])


def test_a_refused_logo_leaves_no_file_and_no_change(mia, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    AllianceFactory()
    before = everything()

    for content, alt in [(b"<svg/>", "Hügel"), (drawn(), "")]:
        with pytest.raises(Refusal):
            operations.set_logo(SimpleUploadedFile("x.png", content), alt=alt, by=mia)

    assert everything() == before
    assert not logo_folder().exists()


def test_nobody_but_the_manager_changes_the_region(ada, max, ivo, eva, root, fritz, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    AllianceFactory()
    town, field, partner = MunicipalityFactory(), FieldOfActionFactory(), PartnerFactory()
    before = everything()
    doors = [
        lambda by: operations.change_alliance(by=by, name="Meine"),
        lambda by: operations.set_logo(SimpleUploadedFile("x.png", drawn()), alt="x", by=by),
        lambda by: operations.remove_logo(by=by),
        lambda by: operations.add_municipality(by=by, name="Neu", **TOWN),
        lambda by: operations.change_municipality(town, by=by, name="Neu"),
        lambda by: operations.remove_municipality(town, by=by),
        lambda by: operations.add_field(by=by, name="Neu"),
        lambda by: operations.change_field(field, by=by, name="Neu"),
        lambda by: operations.move_field(field, by=by, up=True),
        lambda by: operations.add_partner(by=by, name="Neu"),
        lambda by: operations.change_partner(partner, by=by, name="Neu"),
        lambda by: operations.remove_partner(partner, by=by),
        lambda by: operations.publish_text(LegalText.Kind.TERMS, "Neu", by=by),
    ]

    for person in (ada, max, ivo, eva, root, fritz, None):
        for door in doors:
            with pytest.raises(NotAllowed):
                door(person)

    assert everything() == before
    assert not logo_folder().exists()
    assert legal_text(LegalText.Kind.TERMS) is None
