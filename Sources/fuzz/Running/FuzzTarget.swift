/// What became of a case.
enum Verdict {
    /// The input was taken.
    case accepted
    /// The input was refused as it should be.
    case refused
    /// Something is wrong, in one sentence.
    case finding(String)
}

/// Something that is given changed inputs.
protocol FuzzTarget: AnyObject {
    /// The name on the command line.
    static var name: String { get }
    /// The seconds after which a case counts as hanging.
    static var patience: UInt32 { get }

    /// Makes what all cases begin with.
    init(_ workplace: Workplace) async throws

    /// Makes the input of a case, and gives it as it is kept for whoever repeats the case.
    func prepare(_ draws: inout CaseDraws) throws -> [UInt8]

    /// Gives the input to what is tested.
    func judge() async -> Verdict

    /// The process whose memory must not grow; nil for this one.
    var server: Int32? { get }

    /// Ends what was begun, and says what is wrong with the whole.
    func finish() async -> String?
}

extension FuzzTarget {
    static var patience: UInt32 { 20 }
    var server: Int32? { nil }
    func finish() async -> String? { nil }
}

/// All targets, in the order in which they run.
enum FuzzTargets {
    static var all: [any FuzzTarget.Type] {
        [
            PolicyTarget.self, ScenarioTarget.self, AlertsTarget.self, TruthTarget.self, FoldersTarget.self,
            CommandsTarget.self, IngestTarget.self,
        ]
    }
}
