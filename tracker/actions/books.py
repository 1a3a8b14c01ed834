"""What one transaction looks up and creates on the way: parties, people, scope areas."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from tracker.actions.parties import PartyBook
from tracker.actions.people import PeopleBook
from tracker.actions.record import PersonPart
from tracker.actions.revision import Said
from tracker.actions.scopes import ScopeBook


class Books:
    """The books of one transaction; ``insist`` creates parties though their names are like known ones."""

    def __init__(
        self,
        session: Session,
        *,
        insist: bool = False,
        said: Said | None = None,
        apart: frozenset[str] = frozenset(),
    ) -> None:
        self.session = session
        self.parties = PartyBook(session, insist=insist, said=said)
        self.people = PeopleBook(session, self.parties, apart=apart)
        self.scopes = ScopeBook(session)

    def person_id(self, part: PersonPart | None) -> int | None:
        """The id of the person described, created where new; None for nobody."""
        return self.people.take(part).id if part else None

    def asides(self, since: Mark | None = None) -> list[str]:
        """Sentences on what was created and completed on the way, or after ``since``."""
        if since is None:
            return self.parties.asides() + self.people.asides()
        created, completed, _ = since.parties
        return self.parties.asides(created, completed) + self.people.asides(since.people, since.people_changed)

    def forget(self) -> None:
        """After anything was written another way: ask the database again."""
        self.parties.forget_names()
        self.scopes.forget()

    def mark(self) -> Mark:
        """Where the books stand, for going back to after a savepoint is rolled back."""
        return Mark(self.parties.mark(), len(self.people.created), len(self.people.changed))

    def back_to(self, mark: Mark) -> None:
        """Forget what was created and completed since."""
        self.parties.back_to(mark.parties)
        del self.people.created[mark.people :]
        del self.people.changed[mark.people_changed :]


@dataclass(frozen=True)
class Mark:
    """How long each list of the books was."""

    parties: tuple[int, int, int]
    people: int
    people_changed: int
