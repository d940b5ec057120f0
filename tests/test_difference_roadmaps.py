"""Differences between two versions of a road map."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from versions import told, writes_well

from wsis_model import Roadmap
from wsis_model._width import readable
from wsis_model.diff import ChangeKind, difference
from wsis_model.diff.words import Keys, keys_of
from wsis_model.model import Text
from wsis_model.testing import (
    a_document,
    a_roadmap,
    an_activity,
    an_indicator,
    roadmaps,
)


def counted(
    *titles: str, name: str = "m", about: str = "", measures: str = "", **more: dict[int, Any]
) -> Roadmap:
    """A road map as a workbook without identifiers gives it: its activities are counted, and so are
    their milestones.
    """
    activities = [
        {
            "id": f"{name}/a{n}",
            "title": title,
            "milestones": [{"id": f"{name}/a{n}.m1", "title": "Report"}],
        }
        | {field: values[n] for field, values in more.items() if n in values}
        for n, title in enumerate(titles, 1)
    ]
    return Roadmap.model_validate(
        {
            "id": name,
            "title": "Wells",
            "owners": ["itu"],
            "activities": activities,
            "indicators": (
                [{"id": f"{name}/i1", "name": "Wells", "measures": [measures]}] if measures else []
            ),
            "updates": [{"date": "2036-01-01", "about": about}] if about else [],
        }
    )


class TestRoadmaps:
    def test_fields(self) -> None:
        """Each field that changed is told as the file writes it, old and new."""
        before = a_roadmap()
        activity = before.activities[0]
        changed = activity.replace(
            status="done",
            partners=["cstd", "undp"],
            period={"start": "2037", "end": "2038"},
            description="Twice a year",
        )
        found = difference(
            before, before.replace(version="0.2", activities=[changed, *before.activities[1:]])
        )

        assert [(change.field, change.before, change.after) for change in found.changes] == [
            ("version", "0.1", "0.2"),
            ("description", None, "Twice a year"),
            ("partners", ("cstd",), ("cstd", "undp")),
            ("period.end", "2037-03", "2038"),
            ("status", "planned", "done"),
        ]
        assert (found.a, found.b) == ("c1-roadmap, version 0.1", "c1-roadmap, version 0.2")
        same = difference(before, before.replace(title="New"))
        assert (same.a, same.b) == (
            "c1-roadmap, version 0.1 (earlier)",
            "c1-roadmap, version 0.1 (later)",
        )
        named = difference(before, before.replace(title="New"), names=("old.xlsx", "new.xlsx"))
        assert (named.a, named.b) == ("old.xlsx", "new.xlsx") and str(named).startswith(
            "old.xlsx → new.xlsx\n"
        )
        assert "What changed from old.xlsx to new.xlsx" in named.to_markdown()
        texts = difference(a_document(), a_document(), names=("draft.docx", "adopted.docx"))
        assert (texts.a, texts.b) == ("draft.docx", "adopted.docx")
        assert (
            found.summary()
            == "the road map itself changed; 1 activity changed, 1 the same; 1 objective, 1"
            " milestone, 1 indicator the same"
        )

    def test_members_by_identifier(self) -> None:
        """Objectives, activities and milestones are matched by identifier; added and removed ones
        are told whole.
        """
        before = a_roadmap()
        new = an_activity(id="c1-roadmap/a9", title="Publish")
        found = difference(
            before, before.replace(objectives=[], activities=[*before.activities, new])
        )

        assert told(found) == [
            ("removed", "objective c1-roadmap/o1", ""),
            ("added", "activity c1-roadmap/a9", ""),
        ]
        assert (found.changes[0].before, found.changes[1].after) == (before.objectives[0], new)

    def test_members_without_identifiers(self) -> None:
        """Targets and observations are matched by their dates, updates by what they are about."""
        values = {
            "targets": [{"value": 9, "by": "2037"}, {"value": 11, "by": "2038"}],
            "observations": [{"value": 1, "when": "2036"}],
        }
        indicator = an_indicator(**values)
        before = a_roadmap(indicators=[indicator])
        target, other = indicator.targets
        later = indicator.replace(
            targets=[other, target.replace(value=10)],
            observations=[*indicator.observations, {"value": 2, "when": "2037"}],
        )
        update = before.updates[0].replace(note="Nobody has answered")
        found = difference(before, before.replace(indicators=[later], updates=[update]))

        assert told(found) == [
            ("changed", "road map c1-roadmap", "updates[c1-roadmap/a1].note"),
            ("changed", "indicator c1-roadmap/i1", "targets[2037].value"),
            ("moved", "indicator c1-roadmap/i1", "targets"),
            ("added", "indicator c1-roadmap/i1", "observations[2037]"),
        ]
        assert found.changes[0].words == (
            ("deleted", "Most have"),
            ("inserted", "Nobody has"),
            ("same", " answered"),
        )

    def test_an_update_with_an_identifier(self) -> None:
        """It is known by that, whatever else of it changes."""
        first, *_ = a_roadmap().updates
        named = first.replace(id="c1-roadmap/u1", about="c1-roadmap/a1")
        before = a_roadmap(updates=[first, named])
        after = before.replace(updates=[first, named.replace(about="c1-roadmap/a2")])

        assert told(difference(before, after)) == [
            ("changed", "road map c1-roadmap", "updates[c1-roadmap/u1].about")
        ]

    def test_another_order_is_told_once(self) -> None:
        """Activities in another order are one change, and none of them changed."""
        activities = [
            an_activity(id=f"c1-roadmap/a{n}", milestones=[], depends_on=[]) for n in range(20)
        ]
        found = difference(
            a_roadmap(activities=activities),
            a_roadmap(activities=[*activities[:5], *reversed(activities[5:])]),
        )

        assert told(found) == [("moved", "road map c1-roadmap", "activities")]
        assert found.changes[0].before == tuple(each.id for each in activities[5:])

    def test_another_identifier(self) -> None:
        """A road map under another name is one change: what stands in it is compared by the rest of
        its names.
        """
        before = a_roadmap()
        after = Roadmap.model_validate(
            json.loads(before.model_dump_json().replace("c1-roadmap", "c1-plan"))
        )

        assert told(difference(before, after)) == [("changed", "road map c1-plan", "id")]

    def test_a_field_of_tomorrow(self) -> None:
        """A field that a record gains is compared without a change to the comparison."""

        class Newer(Roadmap):
            motto: Text | None = None

        before = Newer.model_validate(a_roadmap().model_dump())
        assert told(difference(before, before.replace(motto="Wells for all"))) == [
            ("changed", "road map c1-roadmap", "motto")
        ]

    def test_all_languages(self) -> None:
        """Titles are compared in every language."""
        before = a_roadmap(title={"en": "Wells", "fr": "Puits"})

        assert told(
            difference(before, before.replace(title={"en": "Wells", "fr": "Les puits"}))
        ) == [("changed", "road map c1-roadmap", "title.fr")]

    @pytest.mark.parametrize(
        ("before", "after", "changes", "summary"),
        [
            pytest.param(
                "Draw Train Visit Print", "Train Visit Print",
                [("removed", "former activity m/a1"), ("renumbered", "activities m/a1 to m/a3")],
                "1 activity removed, 3 renumbered, 3 the same; 3 milestones the same",
                id="a row was deleted",
            ),
            pytest.param(
                "Draw Train Visit", "Draw Meet Train Visit",
                [("added", "activity m/a2"), ("renumbered", "activities m/a3 to m/a4")],
                "1 activity added, 2 renumbered, 3 the same; 3 milestones the same",
                id="a row was inserted",
            ),
            pytest.param(
                "Draw Train Visit", "Train Draw Visit",
                [("moved", "road map m"), ("renumbered", "activity m/a1"), ("renumbered", "activity m/a2")],
                "the road map itself changed; 2 activities renumbered, 3 the same; 3 milestones the same",
                id="two rows were swapped",
            ),
            pytest.param(
                "Draw Train Visit", "Draw Teach Visit",
                [("changed", "activity m/a2")],
                "1 activity changed, 2 the same; 3 milestones the same",
                id="a title was edited",
            ),
            pytest.param(
                "Draw Train Visit", "Draw Train\u200b Visit",
                [("changed", "activity m/a2")],
                "1 activity changed, 2 the same; 3 milestones the same",
                id="a title is printed in another way",
            ),
            pytest.param(
                "Train Train Visit", "Train Visit",
                [("removed", "former activity m/a2"), ("renumbered", "activity m/a2")],
                "1 activity removed, 1 renumbered, 2 the same; 2 milestones the same",
                id="two of one title: by identifier",
            ),
            pytest.param(
                "Draw Train Visit", "Teach Visit",
                [("changed", "activity m/a1"), ("removed", "former activity m/a2"), ("renumbered", "activity m/a2")],
                "1 activity changed, 1 removed, 1 renumbered, 1 the same; 2 milestones the same",
                id="a title was edited and a row deleted: by identifier",
            ),
        ],
    )  # fmt: skip
    def test_rows_that_a_file_only_counts(
        self, before: str, after: str, changes: list[tuple[str, str]], summary: str
    ) -> None:
        """Where identifiers count rows, a title that no other has tells which activity is which,
        and its milestones go with it.
        """
        found = difference(counted(*before.split(" ")), counted(*after.split(" ")))

        assert [(kind, label) for kind, label, _ in told(found)] == changes
        assert found.summary() == summary
        assert summary in str(found)
        for minutes in (found.to_markdown(), found.to_html()):
            assert f"{summary[0].upper()}{summary[1:]}." in minutes
            for change in found.changes:
                assert (
                    change.kind is not ChangeKind.RENUMBERED
                    or f"{change.before} → {change.after}".capitalize() in minutes
                )

    def test_what_refers_to_the_renumbered(self) -> None:
        """References that only follow are no change; one to what is gone, and one that means
        another activity now, are told.
        """
        before = counted(
            "Draw",
            "Train",
            "Visit",
            depends_on={2: ["m/a3", "m/a1"], 3: ["m/a2.m1"]},
            about="m/a2",
            measures="m/a3",
        )
        after = counted(
            "Train",
            "Visit",
            depends_on={1: ["m/a2"], 2: ["m/a1.m1"]},
            about="m/a1",
            measures="m/a2",
        )
        found = difference(before, after)
        means_another = difference(before, after.replace(updates=before.updates))

        assert told(found) == [
            ("changed", "activity m/a1 (was a2)", "depends_on"),
            ("removed", "former activity m/a1", ""),
            ("renumbered", "activities m/a1 to m/a2", "id"),
        ]
        assert (found.changes[0].before, found.changes[0].after) == (
            ("m/a2", "former m/a1"),
            ("m/a2",),
        )
        assert [
            (each.before, each.after) for each in means_another.changes if each.what == "road map"
        ] == [("m/a1", "m/a2")]

    def test_milestones_with_their_activity(self) -> None:
        """Of an activity that is renumbered, what became of its milestones is told, and none that
        another activity has.
        """
        two = [
            {"id": "m/a2.m1", "title": "Begin"},
            {"id": "m/a2.m2", "title": "Go on"},
            {"id": "m/a2.m3", "title": "End"},
        ]
        before = counted("Draw", "Train", "Visit", milestones={2: two})
        after = counted(
            "Train",
            "Visit",
            milestones={1: [{"id": "m/a1.m1", "title": "Go on", "status": "done"}]},
        )

        assert told(difference(before, after)) == [
            ("changed", "milestone m/a1.m1 (was a2.m2)", "status"),
            ("removed", "former milestone m/a2.m1", ""),
            ("removed", "former milestone m/a2.m3", ""),
            ("removed", "former activity m/a1", ""),
            ("renumbered", "milestone m/a1.m1", "id"),
            ("renumbered", "activities m/a1 to m/a2", "id"),
        ]

    @pytest.mark.parametrize(
        ("before", "after", "was", "others"),
        [
            pytest.param({"a1": "Draw", "a2": "Train"}, {"a1": "Draw", "a2": "Train"}, "activity m/a1", [], id="to another"),
            pytest.param({"a1": "Draw", "a2": "Train"}, {"a2": "Train"}, "activity m/a1", ["removed"], id="from one that is gone"),
            pytest.param({"a1": "Draw"}, {"a1": "Draw", "a2": "Train"}, "activity m/a1", ["added"], id="to a new one"),
            pytest.param(
                {"a1": "Draw", "a2": "Visit", "a3": "Train"}, {"a1": "Visit", "a2": "Train"}, "former activity m/a1",
                ["removed", "renumbered"], id="where the rows are counted",
            ),
        ],
    )  # fmt: skip
    def test_a_milestone_of_another_activity(
        self, before: dict[str, str], after: dict[str, str], was: str, others: list[str]
    ) -> None:
        """A milestone that went from the first activity to the last is moved, once, with both
        activities, and compared.
        """

        def held(titles: dict[str, str], owner: str, status: str) -> Roadmap:
            milestone = {"id": "m/a1.m1", "title": "Report", "status": status}
            activities = [
                {"id": f"m/{name}", "title": title, "milestones": [milestone] * (name == owner)}
                for name, title in titles.items()
            ]
            return Roadmap.model_validate(
                {"id": "m", "title": "Wells", "owners": ["itu"], "activities": activities}
            )

        found = difference(held(before, "a1", "planned"), held(after, "a2", "done"))

        assert [
            (change.kind.value, change.label, change.before, change.after)
            for change in found.changes
            if change.what == "milestone"
        ] == [
            ("moved", "milestone m/a1.m1", f"{was} “Draw”", "activity m/a2 “Train”"),
            ("changed", "milestone m/a1.m1", "planned", "done"),
        ]
        assert [
            change.kind.value for change in found.changes if change.what == "activity"
        ] == others
        assert "1 milestone changed, 1 moved" in found.summary()
        assert f"> ~~{was} “Draw”~~ **activity m/a2 “Train”**" in found.to_markdown()

    def test_a_milestone_that_is_only_counted_alike(self) -> None:
        """Where activities are counted otherwise, one that went from one and another that came to
        the next have one identifier by chance.
        """
        two = [{"id": "m/a1.m1", "title": "Begin"}, {"id": "m/a1.m2", "title": "Print"}]
        before = counted("Draw", "Train", milestones={1: two})
        after = counted("Train", "Draw", milestones={1: [{"id": "m/a1.m1", "title": "Report"}, {"id": "m/a1.m2", "title": "Sing"}],
                                                     2: [{"id": "m/a2.m1", "title": "Begin"}]})  # fmt: skip
        found = difference(before, after)

        assert [(kind, label) for kind, label, _ in told(found) if "milestone" in label] == [
            ("added", "milestone m/a1.m2"),
            ("removed", "former milestone m/a1.m2"),
        ]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("a\u00a0well", "a well"),
            ("a well", "a\u200b well"),
            ("cafe\u0301", "café"),
            ("a\nwell", "a well"),
        ],
    )
    def test_what_nobody_sees_is_said(self, before: str, after: str) -> None:
        """A title that looks as it did has changed, for road maps are compared exactly; that it
        looks alike is said.
        """
        found = difference(counted(before, "Visit"), counted(after, "Visit"))

        assert [(change.before, change.after) for change in found.changes] == [(before, after)]
        for written in (str(found), found.to_markdown(), found.to_html()):
            said = readable(after).replace("\\", "\\\\" if written == found.to_markdown() else "\\")
            assert f"Title (en), only spaces or signs written otherwise: {said}" in written
            assert "[-" not in written and "<li><del>" not in written

    def test_another_order_of_what_is_told_apart_by_nothing(self) -> None:
        """Two targets of one year that changed places are told by their values; of equal ones there
        is no order.
        """
        first, second = {"value": 1, "by": "2037"}, {"value": 2, "by": "2037"}
        before, after, equal = (
            a_roadmap(indicators=[an_indicator(targets=each)])
            for each in ([first, second], [second, first], [first] * 2)
        )
        (change,) = difference(before, after).changes

        assert (change.kind.value, change.field) == ("moved", "targets")
        assert (change.before, change.after) == (
            ("(value: 1, by: 2037)", "(value: 2, by: 2037)"),
            ("(value: 2, by: 2037)", "(value: 1, by: 2037)"),
        )
        assert [each.field for each in difference(after, equal).changes] == ["targets[2037].value"]

    def test_renumbered_under_another_name(self) -> None:
        """In a road map that is called otherwise what only got its name is not renumbered, and what
        is counted otherwise is.
        """
        found = difference(counted("Draw", "Train", name="old"), counted("Train", name="new"))

        assert told(found) == [
            ("changed", "road map new", "id"),
            ("removed", "former activity old/a1", ""),
            ("renumbered", "activity new/a1", "id"),
        ]
        assert [(each.before, each.after) for each in found.changes[2:]] == [
            ("activity old/a2", "activity new/a1")
        ]

    @given(st.permutations([f"Visit {n}" for n in range(8)]), st.integers(0, 8))
    def test_rows_in_any_order(self, titles: list[str], kept: int) -> None:
        """However rows that are only counted are sorted, deleted and brought back, no activity that
        stayed is told to have changed.
        """
        rows, some = sorted(titles), titles[:kept]
        ways = ((rows, some, ChangeKind.REMOVED), (some, rows, ChangeKind.ADDED))
        for found, kind in (
            (difference(counted(*before), counted(*after)), kind) for before, after, kind in ways
        ):
            members = [change for change in found.changes if change.what != "road map"]
            moved = sum(change.count for change in members if change.kind is ChangeKind.RENUMBERED)

            assert {change.kind for change in members} <= {kind, ChangeKind.RENUMBERED}
            assert sum(change.kind is kind for change in members) == len(rows) - kept
            assert moved == sum(rows.index(title) != at for at, title in enumerate(some))
            assert dict(found.same).get("activity", 0) == kept

    def test_thousands_of_rows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of five thousand activities the first is deleted: two changes, for which each title is
        read once.
        """
        read: list[str] = []

        def reading(text: str) -> Keys:
            read.append(text)
            return keys_of(text)

        monkeypatch.setattr("wsis_model.diff.roadmaps.keys_of", reading)
        titles = [f"Visit {n}" for n in range(5000)]
        found = difference(counted(*titles), counted(*titles[1:]))

        assert told(found) == [
            ("removed", "former activity m/a1", ""),
            ("renumbered", "activities m/a1 to m/a4999", "id"),
        ]
        assert len(read) == 9999

    def test_what_is_no_pair(self) -> None:
        """A document and a road map have no difference."""
        mixed: Any = a_roadmap()
        with pytest.raises(TypeError, match=r"Document.*Roadmap"):
            difference(a_document(), mixed)

    @given(roadmaps(), roadmaps(), st.data())
    def test_there_is_a_difference_where_they_differ(
        self, a: Roadmap, b: Roadmap, data: st.DataObject
    ) -> None:
        """Two road maps differ in nothing exactly when they are equal, and no value keeps the
        difference from being written.
        """
        fields = data.draw(st.sets(st.sampled_from(sorted(Roadmap.model_fields))))
        mixed = a.replace(**{name: getattr(b, name) for name in fields})
        found = difference(a, mixed)

        assert bool(found) == (a != mixed)
        assert not difference(a, a)
        writes_well(found)
