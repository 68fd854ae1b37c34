import KeyedRandom
import ScenarioSpec

/// The distributions from which a profile's sessions are drawn.
struct ProfileTable: Sendable {
    /// Bytes of payload that the source sends.
    var request: Quantiles
    /// Bytes of payload that the target sends.
    var response: Quantiles
    /// Milliseconds of a session of at most ten minutes.
    var duration: Quantiles
    /// Share of sessions longer than ten minutes, in thousandths.
    var longPermille: Int
    /// Milliseconds of the long ones, beyond ten minutes.
    var longDuration: Quantiles

    /// Sessions of the short class are over after this many milliseconds.
    static let longestShort: UInt64 = 600_000
    /// Sessions of the long class are over after this many milliseconds.
    static let longestLong: UInt64 = 6 * 3_600_000

    private init(
        request: (UInt64, Int), response: (UInt64, Int), duration: (UInt64, Int), longPermille: Int = 0,
        longMedian: UInt64 = 1_200_000
    ) {
        self.request = Quantiles(median: request.0, spread: request.1, tailIndex: 1_300, limit: 1 << 35)
        self.response = Quantiles(median: response.0, spread: response.1, tailIndex: 1_200, limit: 1 << 35)
        self.duration = Quantiles(
            median: duration.0, spread: duration.1, tailIndex: 1_100, limit: ProfileTable.longestShort)
        self.longPermille = longPermille
        longDuration = Quantiles(
            median: longMedian, spread: 1_200, tailIndex: 1_500,
            limit: ProfileTable.longestLong - ProfileTable.longestShort)
    }

    /// The table of a profile.
    static func table(_ profile: TrafficProfile) -> ProfileTable {
        switch profile {
        case .web: ProfileTable(request: (1_400, 1_300), response: (14_000, 2_200), duration: (4_000, 2_300))
        case .ssh:
            ProfileTable(
                request: (5_000, 1_900), response: (14_000, 2_200), duration: (45_000, 2_400), longPermille: 140)
        case .database:
            ProfileTable(
                request: (2_400, 1_700), response: (9_000, 2_300), duration: (8_000, 2_400), longPermille: 60)
        case .dns: ProfileTable(request: (40, 300), response: (130, 600), duration: (12, 1_200))
        case .metrics: ProfileTable(request: (320, 250), response: (26_000, 900), duration: (180, 1_100))
        case .backup:
            ProfileTable(
                request: (48_000_000, 1_900), response: (60_000, 1_000), duration: (180_000, 1_200),
                longPermille: 300)
        case .download: ProfileTable(request: (900, 600), response: (5_000_000, 2_300), duration: (9_000, 1_800))
        case .chat:
            ProfileTable(
                request: (2_600, 1_500), response: (6_500, 1_700), duration: (90_000, 1_800), longPermille: 250)
        // A port is tried: a banner at most.
        case .scan: ProfileTable(request: (20, 800), response: (60, 1_500), duration: (40, 1_300))
        case .ping: ProfileTable(request: (4, 900), response: (4, 900), duration: (4_000, 900))
        }
    }
}
