"""Papers: which files are kept, by what is in them, and how they come out again."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from allies.models import OPERATOR
from meetings import uploads
from meetings.models import Paper, Stage
from meetings.services import papers
from meetings.services.papers import PaperRefused
from meetings.uploads import UploadRefused, check_file, tidy_name
from tests.factories import AgendaItemFactory, MeetingFactory

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def archive(parts: dict[str, bytes]) -> bytes:
    """A zip file of these parts, squeezed."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, words in parts.items():
            opened.writestr(name, words)
    return content.getvalue()


def office(main: str, **more: bytes) -> bytes:
    """An Office file of one kind, with more parts by name ("vbaProject_bin" is "vbaProject.bin")."""
    kind = f"application/vnd.openxmlformats-officedocument.{main}.main+xml"
    types = f'<?xml version="1.0"?><Types><Override ContentType="{kind}"/></Types>'
    parts = {
        "[Content_Types].xml": types.encode(),
        "word/document.xml": b"<?xml version='1.0'?><w:document/>",
    }
    return archive(parts | {name.replace("__", "/").replace("_", "."): words for name, words in more.items()})


WORD = office("wordprocessingml.document")
ODT = archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office/>"})


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("report.pdf", PDF, uploads.PDF),
        ("REPORT.PDF", PDF, uploads.PDF),
        ("report.docx", WORD, uploads.WORD),
        ("sums.xlsx", office("spreadsheetml.sheet"), uploads.EXCEL),
        ("slides.pptx", office("presentationml.presentation"), uploads.POWERPOINT),
        ("report.odt", ODT, uploads.OPEN_DOCUMENT),
        ("plan.txt", "Ein Plan für März – gut".encode(), uploads.TEXT),
        ("photo.png", b"\x89PNG\r\n\x1a\n....", uploads.PNG),
        ("photo.jpeg", b"\xff\xd8\xff\xe0....", uploads.JPEG),
    ],
)
def test_files_are_known_by_what_is_in_them(name, content, kind):
    assert check_file(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("report.pdf", b"", "empty"),
        ("report.pdf", PDF + b"0" * uploads.LARGEST, "larger than 10 MB"),
        ("report.pdf", WORD, "should end in .docx"),
        ("run.exe", b"MZ\x90\x00\x03", "cannot be kept"),
        ("page.html", b"<script>alert(1)</script>", "should end in .txt"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Office file"),
        ("macros.docx", office("wordprocessingml.document", word__vbaProject_bin=b"\x00"), "macros"),
        ("active.docx", office("wordprocessingml.document", word__activeX__activeX1_xml=b"<x/>"), "macros"),
        (
            "basic.odt",
            archive({"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/script.xml": b"<x/>"}),
            "macros",
        ),
        ("all.zip", archive({"a.txt": b"a"}), "archive, not a paper"),
        ("cut.docx", WORD[:200], "damaged"),
        (
            "entity.docx",
            office(
                "wordprocessingml.document",
                word__styles_xml=b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>',
            ),
            "unsafe",
        ),
        (
            "entity.docx",
            office(
                "wordprocessingml.document",
                word__styles_xml='<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
            ),
            "unsafe",
        ),
        (
            "many.docx",
            archive({"[Content_Types].xml": b"<x/>"} | {f"{n}.bin": b"" for n in range(4100)}),
            "unpacks to far more",
        ),
    ],
)
def test_files_that_cannot_be_kept_are_refused_in_a_sentence(name, content, says):
    with pytest.raises(UploadRefused, match=says):
        check_file(name, content)


def test_a_macro_enabled_word_file_is_refused_whatever_its_name():
    types = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    with pytest.raises(UploadRefused, match="macros"):
        check_file("report.docx", archive({"[Content_Types].xml": types}))


def test_a_zip_bomb_is_refused_without_unpacking_it():
    bomb = office("wordprocessingml.document", word__media__big_bin=bytes(210 * 1024 * 1024))
    assert len(bomb) < uploads.LARGEST
    with pytest.raises(UploadRefused, match="unpacks to far more"):
        check_file("bomb.docx", bomb)


@given(st.text(max_size=20), st.binary(max_size=400))
def test_any_bytes_are_either_kept_or_refused_in_words(name, content):
    try:
        check_file(name, content)
    except UploadRefused as refusal:
        assert str(refusal).endswith(".")


@given(st.text(max_size=400))
def test_a_tidied_name_is_one_short_name(name):
    tidy = tidy_name(name)
    assert "/" not in tidy and "\\" not in tidy
    assert "\x00" not in tidy and "\n" not in tidy


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Income report.PDF", "Income report.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\bel\\plan.docx", "plan.docx"),
        ("Zoë’s plan.pdf", "Zoë’s plan.pdf"),
    ],
)
def test_names_people_give_are_kept_as_far_as_they_can_be(given_name, kept):
    assert tidy_name(given_name) == kept


# ---- In the record


@pytest.fixture
def media(settings, tmp_path):
    """A folder of its own for what is uploaded."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def meeting(group, today):
    return MeetingFactory(body=group, date=date(2026, 2, 10), stage=Stage.PLANNED)


@pytest.mark.django_db
class TestPapers:
    def test_a_file_goes_in_and_comes_out_as_an_attachment(self, media, meeting, team, ally, signed_in):
        item = AgendaItemFactory(meeting=meeting)
        signed_in(team).post(
            reverse("meetings:add_paper", args=[meeting.pk]),
            {
                "title": "Income report",
                "version": "February 2026",
                "item": item.pk,
                "file": SimpleUploadedFile("Income.pdf", PDF),
            },
        )
        paper = Paper.objects.get()
        assert (str(paper), paper.item, paper.history.get().history_user) == (
            "Income report, February 2026",
            item,
            team,
        )
        response = signed_in(ally).get(reverse("meetings:paper", args=[paper.pk]))
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"] == 'attachment; filename="Income.pdf"'
        assert response["Content-Type"] == "application/pdf"
        assert response["X-Content-Type-Options"] == "nosniff"
        response.close()

    def test_a_wrong_file_gets_a_sentence_and_the_rest_of_the_form_stays(
        self, media, meeting, team, signed_in
    ):
        response = signed_in(team).post(
            reverse("meetings:add_paper", args=[meeting.pk]),
            {
                "title": "Income report",
                "version": "draft 2",
                "file": SimpleUploadedFile("a.pdf", b"MZ\x00\x01"),
            },
        )
        words = response.content.decode()
        assert response.status_code == 422
        assert response.context["form"].errors["file"] == [
            "This kind of file cannot be kept. Papers can be PDF, Word, Excel, PowerPoint, "
            "OpenDocument text, plain text, PNG or JPEG."
        ]
        assert 'value="Income report"' in words and 'value="draft 2"' in words
        assert not Paper.objects.exists()

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({}, "file"),
            ({"link": "https://example.org/report", "with_file": True}, "link"),
            ({"link": "not a link"}, "link"),
        ],
    )
    def test_a_paper_is_a_file_or_a_link(self, media, meeting, team, signed_in, more, field):
        more = dict(more)
        if more.pop("with_file", False):
            more["file"] = SimpleUploadedFile("a.pdf", PDF)
        response = signed_in(team).post(
            reverse("meetings:add_paper", args=[meeting.pk]), {"title": "Report"} | more
        )
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]

    def test_the_service_refuses_what_the_form_would(self, media, meeting):
        elsewhere = AgendaItemFactory(meeting=MeetingFactory())
        for more in (
            {"title": " ", "link": "https://example.org"},
            {"title": "Report"},
            {"title": "Report", "link": "https://example.org", "item": elsewhere},
            {"title": "Report", "link": "https://example.org", "file_name": "a.pdf", "content": PDF},
        ):
            with pytest.raises(PaperRefused):
                papers.add_paper(by=OPERATOR, meeting=meeting, **more)
        with pytest.raises(UploadRefused):
            papers.add_paper(
                by=OPERATOR, meeting=meeting, title="Report", file_name="a.pdf", content=b"MZ\x00"
            )

    def test_two_files_of_one_name_do_not_take_each_others_place(self, media, meeting):
        first, second = (
            papers.add_paper(
                by=OPERATOR, meeting=meeting, title="Report", file_name="report.txt", content=content
            )
            for content in (b"one", b"two")
        )
        assert first.file.name != second.file.name
        for paper, content in ((first, b"one"), (second, b"two")):
            with paper.file.open("rb") as opened:
                assert opened.read() == content

    def test_a_withdrawn_paper_stays_with_its_reason_and_opens_for_writers_alone(
        self, media, meeting, team, ally, signed_in
    ):
        paper = papers.add_paper(
            by=OPERATOR, meeting=meeting, title="Report", file_name="report.txt", content=b"words"
        )
        signed_in(team).post(
            reverse("meetings:withdraw_paper", args=[paper.pk]), {"reason": "The sums were wrong."}
        )
        page = signed_in(ally).get(meeting.get_absolute_url()).content.decode()
        assert "Withdrawn: The sums were wrong." in page
        assert reverse("meetings:paper", args=[paper.pk]) not in page
        assert signed_in(ally).get(reverse("meetings:paper", args=[paper.pk])).status_code == 404
        response = signed_in(team).get(reverse("meetings:paper", args=[paper.pk]))
        assert b"".join(response.streaming_content) == b"words"
        response.close()

    def test_a_paper_of_another_body_is_not_found(self, ally, signed_in, today):
        paper = Paper.objects.create(
            meeting=MeetingFactory(body__name="Elsewhere", body__slug="elsewhere"),
            title="x",
            link="https://example.org",
        )
        assert signed_in(ally).get(reverse("meetings:paper", args=[paper.pk])).status_code == 404
