"""Agreements read in step: the same picture of each as read one by one, by a number of statements that is fixed."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY

from tracker import actions, exchange, paths
from tracker.store import in_step, picture
from tracker.store.in_step import InStep
from tracker.store.reader import Reader


class Counting(Reader):
    """Counts the statements that are run."""

    ran = 0

    def stream(self, query: str, /, **values: Any) -> Iterator[dict[str, Any]]:
        self.ran += 1
        return super().stream(query, **values)


@pytest.fixture(scope="module")
def examples(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counting]:
    path = tmp_path_factory.mktemp("step") / "tracker.db"
    shutil.copy(template, path)
    records = [r for file in sorted(paths.EXAMPLES.glob("*.yaml")) for r in exchange.reading.read(file).records]
    actions.running.run(path, lambda session: actions.records.bring_in(session, records, TODAY))
    with Counting(path) as rows:
        yield rows


def refs(rows: Reader) -> list[str]:
    return [row["ref"] for row in rows.rows("record_refs")]


def test_each_agreement_looks_as_when_read_alone(examples: Counting) -> None:
    step = InStep(examples)
    for ref in (ref for some in step.batches(refs(examples)[::-1]) for ref in some):
        assert picture.picture(step, ref, TODAY) == picture.picture(examples, ref, TODAY), ref
        assert actions.checking.subject(step, ref, TODAY) == actions.checking.subject(examples, ref, TODAY), ref


def test_some_of_them_can_be_passed_over(examples: Counting) -> None:
    step = InStep(examples)
    for ref in (ref for some in step.batches(refs(examples)[3::5]) for ref in some):
        assert picture.picture(step, ref, TODAY) == picture.picture(examples, ref, TODAY), ref


def test_an_earlier_one_cannot_be_asked_for(examples: Counting) -> None:
    step = InStep(examples)
    (first, second, *_rest), *_ = step.batches(refs(examples))
    picture.picture(step, second, TODAY)
    with pytest.raises(LookupError, match="asked for after"):
        picture.picture(step, first, TODAY)


def test_the_number_of_statements_does_not_depend_on_the_agreements(examples: Counting) -> None:
    chosen = refs(examples)
    ran = []
    for some in (chosen, chosen[:21]):
        examples.ran = 0
        found = dict(actions.checking.of_agreements(examples, some, TODAY))
        ran.append(examples.ran)
        alone = {ref: list(actions.checking.of_agreement(examples, ref, TODAY)) for ref in some}
        assert found == alone
    assert len(chosen) > len(chosen[:21]) > actions.checking.FEW
    assert ran[0] == ran[1] < 50


def test_findings_come_in_the_order_given_whatever_the_batches(
    examples: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_step, "AT_ONCE", 4)
    chosen = random.Random(8).sample(refs(examples), 22)
    alone = [(ref, list(actions.checking.of_agreement(examples, ref, TODAY))) for ref in chosen]
    assert list(actions.checking.of_agreements(examples, chosen, TODAY)) == alone
