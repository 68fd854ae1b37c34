import SystemFiles

/// A run of one target: case after case until the time is over, or something is wrong.
struct FuzzRun {
    let options: FuzzOptions
    private var cases = 0
    private var accepted = 0
    private var refused = 0
    private var slowest = Duration.zero
    private var slowestCase = 0

    init(_ options: FuzzOptions) { self.options = options }

    /// How much memory may grow after the warm-up, in megabytes: more is a leak.
    private static let growth = 64
    /// The most memory that a case may take, in megabytes.
    private static let peak = 1_500

    /// Runs a target; gives whether nothing is wrong.
    mutating func run<Target: FuzzTarget>(_ type: Target.Type) async throws -> Bool {
        let workplace = try Workplace(folder: "\(options.folder)/\(type.name)")
        let target = try await type.init(workplace)
        let clock = ContinuousClock()
        let begin = clock.now
        var last = begin
        var warm: Int?
        var number = options.first
        while options.only != nil ? cases == 0 : last - begin < .seconds(options.seconds) {
            var draws = CaseDraws(seed: options.seed, target: type.name, number: number)
            let input = try target.prepare(&draws)
            try workplace.keep(input, case: number)
            last = clock.now
            // A hang of this process ends it.
            CurrentProcess.endAfter(seconds: type.patience)
            let verdict = await target.judge()
            CurrentProcess.endAfter(seconds: 0)
            let now = clock.now
            if now - last > slowest { (slowest, slowestCase) = (now - last, number) }
            last = now
            cases += 1
            switch verdict {
            case .accepted: accepted += 1
            case .refused: refused += 1
            case .finding(let sentence):
                // A server does not outlive its run.
                _ = await target.finish()
                return finding(sentence, number, type.name)
            }
            let peak = max(CurrentProcess.peakMegabytes, ProcessMemory.peakOfChildren)
            if peak > FuzzRun.peak { return finding("memory grew to \(peak) MB", number, type.name) }
            if warm == nil, now - begin > .seconds(options.seconds) / 3 {
                warm = ProcessMemory.megabytes(of: target.server)
            }
            number += 1
        }
        let end = ProcessMemory.megabytes(of: target.server)
        if let complaint = await target.finish() { return finding(complaint, number - 1, type.name) }
        if let warm, let end, end > warm + FuzzRun.growth {
            return finding("memory grew from \(warm) to \(end) MB after the first third", number - 1, type.name)
        }
        let memory = if let warm, let end { ", memory \(warm) MB after a third, \(end) MB at the end" } else { "" }
        say(
            "\(type.name): \(cases) cases, \(accepted) accepted, \(refused) refused; slowest \(slowest.milliseconds) ms "
                + "(case \(slowestCase))\(memory)")
        if options.only == nil { Folder.removeAll(workplace.folder) }
        return true
    }

    private func finding(_ sentence: String, _ number: Int, _ target: String) -> Bool {
        say(
            "\(target): case \(number) of seed \(options.seed): \(sentence)\nThe input is in \(options.folder)/\(target); "
                + "Scripts/fuzz --seed \(options.seed) --case \(number) \(target) runs the case again.")
        return false
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
