public import Truth
public import Scoring
public import SimTime
import Synchronization
import TailnetModel

/// The score of alerts that arrive while the records are on their way.
///
/// Only what has begun is measured: incidents whose first record the newest record has passed, and alerts that are
/// not ahead of it. So an incident that is still to come is not missed yet. An alert that equals an earlier one in time,
/// rule, entities and score counts once, for webhooks are sent again.
public final class RunningScore: Sendable {
    /// What became of the alerts of a request.
    public struct Receipt: Sendable, Hashable {
        public var accepted = 0
        /// Alerts that came before.
        public var repeated = 0
        /// Of the accepted: alerts that name nobody, and so cannot speak of an incident.
        public var nameless = 0
    }

    /// How many alerts are kept.
    public static let capacity = 1_000_000

    private let incidents: [Incident]
    private let options: ScoreOptions
    private let usesArrival: Bool
    private let state = Mutex(State())

    private struct State {
        var alerts: [Alert] = []
        var known: Set<Alert> = []
        var reached: Instant?
        var timetable: Timetable?
        var isOver = false
    }

    /// Makes a score without alerts, of which nothing has begun.
    ///
    /// - Parameters:
    ///   - options: `window` is that of the whole run; what is measured ends at the newest record. `loggedOf` says, where
    ///     it is known, when an incident's first record comes.
    ///   - usesArrival: whether an alert's time is that of its arrival by the timetable, whatever it says itself.
    public init(incidents: [Incident], options: ScoreOptions = ScoreOptions(), usesArrival: Bool = false) {
        self.incidents = incidents
        self.options = options
        self.usesArrival = usesArrival
    }

    /// Takes note of a record's time; times may come in any order.
    public func reach(_ time: Instant) {
        state.withLock { state in state.reached = state.reached.map { max($0, time) } ?? time }
    }

    /// Says when which simulated instant is due.
    public func follow(_ timetable: Timetable) { state.withLock { $0.timetable = timetable } }

    /// Says that no more records come: alerts that are ahead of the last one now count.
    ///
    /// - Parameter isComplete: whether all records came, so that no incident is still to begin.
    public func end(isComplete: Bool) {
        let last = isComplete ? incidents.map { beginning(of: $0) }.max() : nil
        state.withLock { state in
            state.isOver = true
            if let last { state.reached = state.reached.map { max($0, last) } ?? last }
        }
    }

    /// When an incident's first record comes.
    private func beginning(of incident: Incident) -> Instant {
        max(incident.firstRecord, options.loggedOf[incident.id] ?? incident.firstRecord)
    }

    /// Takes alerts; nil where there is no space for them.
    public func take(_ alerts: [Alert]) -> Receipt? {
        let now = ContinuousClock.now
        return state.withLock { state in
            guard state.alerts.count + alerts.count <= RunningScore.capacity else { return nil }
            var receipt = Receipt()
            for alert in alerts {
                guard state.known.insert(alert).inserted else {
                    receipt.repeated += 1
                    continue
                }
                receipt.accepted += 1
                if alert.entities.isEmpty { receipt.nameless += 1 }
                var alert = alert
                if usesArrival, let timetable = state.timetable { alert.time = timetable.simulated(at: now) }
                state.alerts.append(alert)
            }
            return receipt
        }
    }

    /// Measures what has begun.
    public var standing: Standing {
        let state = state.withLock { $0 }
        var reached = state.reached
        if !state.isOver, let timetable = state.timetable, let newest = reached {
            // Batches are made a little before they are due.
            reached = min(newest, timetable.simulated(at: .now))
        }
        guard let reached else {
            return Standing(
                score: Score(of: [], against: [], options: options), reached: nil,
                pendingIncidents: incidents.count, pendingAlerts: state.alerts.count)
        }
        let begun = incidents.filter { beginning(of: $0) <= reached }
        let alerts = state.isOver ? state.alerts : state.alerts.filter { $0.time <= reached }
        var options = options
        if let window = options.window, reached > window.start {
            options.window = TimeWindow(start: window.start, end: min(window.end, reached))
        }
        return Standing(
            score: Score(of: alerts, against: begun, options: options), reached: reached,
            pendingIncidents: incidents.count - begun.count, pendingAlerts: state.alerts.count - alerts.count)
    }
}
