public import SimTime

/// What a threshold detection looks for.
public struct ThresholdOptions: Sendable, Hashable {
    /// What is counted within the window.
    public enum Counting: Sendable, Hashable {
        /// Items that were not there within `memory`, by when they were first seen.
        case new
        /// Different items that were there.
        case different
        /// The sum of amounts.
        case amounts
    }

    /// The rule id of the alerts.
    public var rule: String
    /// How much within the window sets off an alert.
    public var limit: Int
    /// How far back is counted.
    public var window: TimeSpan
    /// How long a source has no second alert.
    public var suppression: TimeSpan
    /// How long an item that is not seen stays known where new ones are counted; after that it is new again.
    public var memory: TimeSpan
    /// How far behind its sender's time a record may arrive; must cover the longest delay of a record (15 minutes).
    public var lateness: TimeSpan
    public var counting: Counting
    /// How many items are kept in mind at once; more are left out, and counted.
    public var capacity: Int

    /// Makes options.
    public init(
        rule: String, limit: Int, window: TimeSpan, suppression: TimeSpan = .minutes(15), memory: TimeSpan = .hours(1),
        lateness: TimeSpan = .minutes(30), counting: Counting = .new, capacity: Int = 1_000_000
    ) {
        self.rule = rule
        self.limit = limit
        self.window = window
        self.suppression = suppression
        self.memory = memory
        self.lateness = lateness
        self.counting = counting
        self.capacity = capacity
    }

    /// The options of the detection of the same name.
    public static let port22 = Detection.port22.options

    /// The options of the detection of the same name.
    public static let unauthorizedCalls = Detection.unauthorizedCalls.options

    /// Whether an item that was last seen so long ago has been there all the time.
    func bridges(_ gap: TimeSpan) -> Bool { counting == .new ? gap <= memory : gap < window }

    /// After which time nothing of an item matters.
    var reach: TimeSpan { counting == .new ? max(memory, window) : window }
}
