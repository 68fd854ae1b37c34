/// What the command line asks for.
struct FuzzOptions {
    var seconds = 60
    var seed: UInt64 = 1
    /// The one case that is to run; nil for all.
    var only: Int?
    /// Where the inputs of findings stay.
    var folder = "fuzz-findings"
    var targets: [any FuzzTarget.Type] = []

    /// The number of the first case.
    var first: Int { only ?? 1 }

    /// Reads arguments; gives nil where they are wrong.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--seconds":
                guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else { return nil }
                seconds = value
            case "--seed":
                guard let value = rest.popFirst().flatMap({ UInt64($0) }) else { return nil }
                seed = value
            case "--case":
                guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else { return nil }
                only = value
            case "--folder":
                guard let value = rest.popFirst(), !value.isEmpty else { return nil }
                folder = value
            default:
                guard let target = FuzzTargets.all.first(where: { $0.name == argument }) else { return nil }
                targets.append(target)
            }
        }
        if targets.isEmpty { targets = FuzzTargets.all }
    }

    /// What to write.
    static var usage: String {
        "usage: fuzz [--seconds N] [--seed S] [--case N] [--folder DIR] [TARGET ...]\ntargets: "
            + FuzzTargets.all.map { $0.name }.joined(separator: ", ")
    }
}
