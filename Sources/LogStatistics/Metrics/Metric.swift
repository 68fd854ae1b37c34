/// One number that was found, and the one that was published of a real tailnet where there is one.
public struct Metric: Sendable, Hashable {
    /// How a value is to be read.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
        case count
        case bytes
        /// A share of one, shown in percent.
        case share
        case seconds
        /// A plain number: an exponent, a ratio, bits for each byte.
        case number
    }

    /// The headings under which figures stand.
    public enum Group: String, Sendable, Hashable, CaseIterable {
        case volume = "volume"
        case classes = "traffic classes, shares of all entries"
        case times = "windows and delays"
        case availability = "what records show"
        case traffic = "virtual and subnet entries"
        case paths = "paths"
        case statistics = "statistics"
        case configuration = "configuration log"
    }

    /// A name for programs: lower-case words joined by dots.
    public var key: String
    public var title: String
    public var group: Group
    public var unit: Unit
    public var value: Double
    /// Nil where nobody has published the figure.
    public var published: Double? { PublishedMetrics.value(key) }

    /// How far the value lies from the published one, as a share of that; nil where there is none or it is zero.
    public var deviation: Double? {
        guard let published, published != 0 else { return nil }
        return value / published - 1
    }
}
