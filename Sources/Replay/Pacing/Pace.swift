/// How fast records are to be delivered.
public enum Pace: Sendable, Hashable {
    /// As fast as the receiver takes them.
    case flatOut
    /// So many records a second, evenly, whatever their simulated time.
    case rate(recordsPerSecond: Int)
    /// In the order and with the gaps of simulated time, sped up or slowed down.
    case speed(Speed)
}

/// Why a rate or a speed cannot be read; the message is one sentence for the user.
public struct PaceError: Error, Hashable, CustomStringConvertible {
    /// The sentence.
    public let description: String
}

extension Pace {
    /// The highest rate: one record each nanosecond.
    static let maximumRate = 1_000_000_000

    /// Reads a rate such as `5000/s`, `5000`, `10k/s` or `1M/s`: whole records a second.
    public init(rate text: String) throws(PaceError) {
        var digits = Substring(text)
        if digits.hasSuffix("/s") { digits = digits.dropLast(2) }
        var scale = 1
        switch digits.last {
        case "k", "K": scale = 1_000
        case "m", "M": scale = 1_000_000
        default: break
        }
        if scale > 1 { digits = digits.dropLast() }
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits) else {
            throw PaceError(
                description: "rate \"\(text)\" is not a number of records a second; write it like 5000/s or 10k/s.")
        }
        let (rate, overflow) = number.multipliedReportingOverflow(by: scale)
        guard !overflow, (1...Pace.maximumRate).contains(rate) else {
            throw PaceError(description: "rate \"\(text)\" is out of range; choose one from 1/s to 1000M/s.")
        }
        self = .rate(recordsPerSecond: rate)
    }

    /// Reads a multiple of simulated time such as `1x`, `60x` or `0.5x`.
    public init(speed text: String) throws(PaceError) {
        let malformed = PaceError(
            description: "speed \"\(text)\" is not a multiple of simulated time; write it like 60x or 0.5x.")
        let number = text.hasSuffix("x") ? text.dropLast() : Substring(text)
        let parts = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, !first.isEmpty,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { throw malformed }
        let fraction = parts.count > 1 ? parts[1] : ""
        guard parts.count == 1 || !fraction.isEmpty else { throw malformed }
        guard first.count <= 6, fraction.count <= 6, let value = Int(first + fraction), value > 0 else {
            throw PaceError(description: "speed \"\(text)\" is out of range; choose one from 0.000001x to 999999x.")
        }
        let denominator = fraction.reduce(1) { scale, _ in scale * 10 }
        self = .speed(Speed(numerator: value, denominator: denominator))
    }
}
