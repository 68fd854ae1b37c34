/// The rules that a record broke, each once.
struct BrokenRules {
    private(set) var rules: [FlowRule] = []

    @inline(__always)
    mutating func add(_ rule: FlowRule) {
        if !rules.contains(rule) { rules.append(rule) }
    }

    mutating func removeAll() { rules.removeAll(keepingCapacity: true) }
}
