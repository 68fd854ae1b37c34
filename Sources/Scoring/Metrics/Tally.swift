import Truth
public import SimTime

/// Counts over some incidents and the figures that follow from them.
public struct Tally: Sendable, Hashable {
    /// Incidents that are to be detected; the other variants are not among them.
    public let incidents: Int
    /// Incidents to which an alert was matched.
    public let detected: Int
    /// Alerts that should not have been.
    public let falseAlerts: Int
    /// Alerts beyond the one that detected an incident.
    public let duplicates: Int
    /// False alerts in a day of the time that was watched; nil where no time was.
    public let falseAlertsPerDay: Double?
    /// From an incident's first record to its alert.
    public let timeToDetect: Delays
    /// From the time at which the ingester had the first record to the alert; no alert is earlier than at once.
    public let timeSinceLogged: Delays

    /// Incidents that are to be detected and were not.
    public var missed: Int { incidents - detected }

    /// The middle one, or between the two in the middle where the number is even; nil where nothing was detected.
    public var medianTimeToDetect: TimeSpan? { timeToDetect.median }
    /// Nil where nothing was detected.
    public var maximumTimeToDetect: TimeSpan? { timeToDetect.maximum }

    /// Detected incidents among detected incidents and false alerts; nil where there are neither.
    ///
    /// Duplicates are left out, so that no detector gains by saying the same thing many times.
    public var precision: Double? { ratio(detected, detected + falseAlerts) }

    /// Detected incidents among all that are to be detected; nil where there are none.
    public var recall: Double? { ratio(detected, incidents) }

    /// The harmonic mean of precision and recall: 0 where nothing was detected, nil where there was nothing to detect
    /// and no false alert.
    public var f1: Double? { ratio(2 * detected, detected + falseAlerts + incidents) }

    /// Alerts for each detected incident, the detecting one among them: 1 is best; nil where nothing was detected.
    public var alertsPerDetection: Double? { ratio(detected + duplicates, detected) }

    init(_ outcomes: [Score.Outcome], falseAlerts: Int, window: TimeWindow?) {
        let wanted = outcomes.filter(\.variant.isToBeDetected)
        incidents = wanted.count
        detected = wanted.count(where: \.isDetected)
        self.falseAlerts = falseAlerts
        duplicates = wanted.reduce(0) { $0 + $1.alerts } - detected
        falseAlertsPerDay = perDay(falseAlerts, in: window)
        timeToDetect = Delays(wanted.compactMap(\.timeToDetect))
        timeSinceLogged = Delays(wanted.compactMap(\.timeSinceLogged))
    }
}

/// A part of a whole; nil where there is no whole.
func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
}

/// How many of so many in a window come to a day; nil where the window has no length.
func perDay(_ count: Int, in window: TimeWindow?) -> Double? {
    guard let length = window?.length, length > .zero else { return nil }
    return Double(count) * Double(TimeSpan.days(1).nanoseconds) / Double(length.nanoseconds)
}
