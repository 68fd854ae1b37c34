public import SimTime

/// What a bad pipeline does to records on their way: `delay=60s loss=0.1% duplicate=0.5% reorder=30s`.
public struct Impairment: Sendable, Hashable {
    /// How much later than they were logged records arrive, all alike, in simulated time.
    public var delay: TimeSpan = .zero
    /// Up to how much later still, drawn for each record, so that records overtake each other.
    public var reorder: TimeSpan = .zero
    /// How many of a million records never arrive.
    public var loss = 0
    /// How many of a million records arrive twice.
    public var duplicate = 0
    /// What the draws are keyed by; the same seed loses the same records.
    public var seed: UInt64 = 1

    /// Makes one that does nothing.
    public init() {}

    /// The longest delay and the longest reordering: what is held back is held in memory.
    static let longest = TimeSpan.days(1)
    private static let million = 1_000_000

    /// Reads a text such as `delay=60s loss=0.1%`, in any order, with blanks or commas between.
    ///
    /// - Throws: everything that is wrong with it, at once.
    public init(parsing text: String) throws(ImpairmentProblems) {
        var problems: [String] = []
        var seen: Set<String> = []
        for part in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2 else {
                problems.append("\"\(part)\" is not a pair KEY=VALUE")
                continue
            }
            if !seen.insert(sides[0]).inserted { problems.append("\"\(sides[0])\" is given twice") }
            switch sides[0] {
            case "delay", "reorder":
                guard let span = TimeSpan(parsing: sides[1]), span <= Impairment.longest else {
                    problems.append(
                        "\(sides[0])=\(sides[1]): write a duration of at most a day, such as \(sides[0])=60s")
                    continue
                }
                if sides[0] == "delay" { delay = span } else { reorder = span }
            case "loss", "duplicate":
                guard let share = Impairment.millionths(sides[1]) else {
                    problems.append(
                        "\(sides[0])=\(sides[1]): write a share from 0% to 100% with at most four decimals, such as "
                            + "\(sides[0])=0.5%")
                    continue
                }
                if sides[0] == "loss" { loss = share } else { duplicate = share }
            case "seed":
                guard let number = UInt64(sides[1]) else {
                    problems.append("seed=\(sides[1]): write a whole number")
                    continue
                }
                seed = number
            default:
                problems.append("\"\(sides[0])\" is not a key; the keys are delay, reorder, loss, duplicate and seed")
            }
        }
        if seen.isEmpty, problems.isEmpty {
            problems.append("it is empty; write for example 'delay=60s loss=0.1% duplicate=0.5% reorder=30s'")
        }
        guard problems.isEmpty else { throw ImpairmentProblems(problems) }
    }

    /// A percentage in parts of a million: `0.1%` is 1,000.
    private static func millionths(_ text: String) -> Int? {
        guard text.last == "%" else { return nil }
        let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCII) }),
            let whole = Int(parts[0]), (0...100).contains(whole), parts[0].allSatisfy(\.isNumber)
        else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard decimals.count <= 4, decimals.allSatisfy(\.isNumber) else { return nil }
        let fraction = Int(decimals + String(repeating: "0", count: 4 - decimals.count)) ?? 0
        let share = whole * 10_000 + fraction
        return share <= million ? share : nil
    }

    /// What a run was impaired by, counted in records.
    public struct Counts: Sendable, Hashable {
        /// What the source made.
        public var produced = 0
        /// What never arrives.
        public var dropped = 0
        /// What arrives once more.
        public var duplicated = 0
        /// What arrives later than it was logged.
        public var delayed = 0
        /// What arrives after a record of the same log that was logged later.
        public var reordered = 0

        /// Makes counts of nothing.
        public init() {}
    }
}

/// Everything that is wrong with the text of an impairment.
public struct ImpairmentProblems: Error, Sendable, Hashable, CustomStringConvertible {
    public let problems: [String]

    init(_ problems: [String]) { self.problems = problems }

    public var description: String { problems.joined(separator: "\n") }
}
