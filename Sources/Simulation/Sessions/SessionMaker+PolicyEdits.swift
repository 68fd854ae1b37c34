import SimTime
import TailnetModel

extension SessionMaker {
    /// Hands on an ordinary session, or, where an incident's policy makes another one of it, both: the ordinary one as
    /// removed, the other one as the incident's.
    @inline(never)
    func handEdited(_ draft: SessionDraft, to sink: (Session) -> Void) {
        guard var old = makeSession(draft) else { return }
        let end = draft.start + draft.duration + SessionMaker.longestWait
        guard let edited = world.changedAdmission, edited.isEdited(from: draft.start, to: end),
            var new = makeSession(draft, under: edited),
            new.fate != old.fate || new.cut != old.cut || new.keepalive != old.keepalive
        else { return sink(old) }
        // Where the two begin to differ another policy is in force, and an incident made it.
        let instant = new.fate == old.fate ? min(new.cut, old.cut) : draft.start
        guard let incident = edited.editor(at: instant) else { return sink(old) }
        old.incident = UInt16(incident + 1)
        old.isRemoved = true
        new.incident = old.incident
        sink(old)
        sink(new)
    }
}
