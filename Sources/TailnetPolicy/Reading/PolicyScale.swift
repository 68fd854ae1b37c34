/// How large a policy gets when it is compiled: a bit for each list of ports of each rule, at each address that rules name.
struct PolicyScale {
    /// The most bits on one side, which take a quarter of a GiB.
    static let limit = 1 << 31

    /// Lists of ports, counted in each rule that has them.
    private(set) var ports = 0
    /// Addresses, blocks and ranges that rules name on the side that has more of them, those of sets included.
    let ranges: Int
    /// The rule with the most lists of ports; nil where there is no rule.
    private(set) var largest: PolicyRule?

    /// Measures the rules of a policy.
    ///
    /// - Parameter setRanges: As many ranges as a set holds, by its name.
    init(_ rules: [PolicyRule], setRanges: [String: Int]) {
        var most = -1
        var sets: (Set<String>, Set<String>) = ([], [])
        var counts = (0, 0)
        for rule in rules {
            let own = Set(rule.destinations.map(\.services)).count
            ports += own
            if own > most { (most, largest) = (own, rule) }
            for source in rule.sources { PolicyScale.count(source.selector, &counts.0, &sets.0) }
            for destination in rule.destinations { PolicyScale.count(destination.name.selector, &counts.1, &sets.1) }
        }
        func total(_ names: Set<String>) -> Int { names.sorted().reduce(0) { $0 + (setRanges[$1] ?? 0) } }
        ranges = max(counts.0 + total(sets.0), counts.1 + total(sets.1))
    }

    /// Whether it gets too large.
    var isTooLarge: Bool { ranges > 0 && ports > PolicyScale.limit / ranges }

    private static func count(_ selector: PolicySelector, _ count: inout Int, _ sets: inout Set<String>) {
        switch selector {
        case .addresses: count += 1
        case .ipSet(let name): sets.insert(name)
        default: break
        }
    }
}
