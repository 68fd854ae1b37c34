import IncidentCatalog
import SimTime

/// Something that a scenario says will happen: an explicit change, or an incident.
struct TimelineEntry {
    /// At whole seconds.
    var time: Instant
    /// The words of the file: `expire-key dan-laptop`; for an incident its kind.
    var what: String
    /// Who does it; nil where the service does, or where it is drawn.
    var actor: String?
    /// For incidents only.
    var incident: PlannedIncident?

    /// Everything that a plan has, ordered by time.
    static func all(of plan: Plan) -> [TimelineEntry] {
        let events = plan.administration.events.map { event in
            // The key ends with the time, which has a column of its own.
            let what = event.key.split(separator: " @").first.map(String.init) ?? event.key
            return TimelineEntry(
                time: event.time.wholeSeconds, what: what, actor: plan.actor(of: event), incident: nil)
        }
        let incidents = plan.incidents.map { incident in
            TimelineEntry(
                time: incident.window.start.wholeSeconds, what: incident.kind.name, actor: plan.actor(of: incident),
                incident: incident)
        }
        return (events + incidents).enumerated()
            .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    }
}

extension Instant {
    fileprivate var wholeSeconds: Instant { self - .nanoseconds(nanoseconds % 1_000_000_000) }
}
