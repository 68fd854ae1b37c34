import Truth
import SimTime
import TailnetModel
import SystemFiles

/// The score of the Numenta Anomaly Benchmark (Lavin and Ahmad, 2015) for alerts that name entities.
///
/// A window is the time in which an alert can match an incident. The position of an alert is counted from the window's
/// end, in lengths of the window: -1 at its beginning, 0 at its end. `s(y) = 2 / (1 + exp(5 y)) - 1`. A detected
/// incident gives `tp s(y) / s(-1)`, a missed one takes `fn`, a false alert takes `fp` times the lesser of 1
/// and `-s(y)`, where `y` is its position behind the last window that had ended and has one of its entities; 1 where there
/// is none, or from `y` 3 on. 100 is everything detected at once and nothing false; 0 is a detector that says nothing.
///
/// It differs from the benchmark in that time is continuous, that each entity has its own windows, and that there
/// is no probation at the beginning.
public struct NumentaScore: Sendable, Hashable {
    /// Weights 1, 0.11 and 1; nil where nothing is to be detected.
    public let standard: Double?
    /// False alerts weigh double: 1, 0.22 and 1.
    public let lowFalsePositives: Double?
    /// Missed incidents weigh double: 1, 0.11 and 2.
    public let lowFalseNegatives: Double?

    init(_ alerts: [Alert], _ matching: Matching, _ index: IncidentIndex) {
        var credit = 0.0
        var wanted = 0
        var missed = 0
        for (incident, alert) in matching.detections.enumerated()
        where index.incidents[incident].variant.isToBeDetected {
            wanted += 1
            guard let alert else {
                missed += 1
                continue
            }
            let length = (index.ends[incident] - index.starts[incident]).nanoseconds
            let left = (index.ends[incident] - alerts[alert].time).nanoseconds
            let position = length == 0 ? -1 : -Double(left) / Double(length)
            credit += reward(position) / reward(-1)
        }
        var harm = 0.0
        let past = PastWindows(index)
        for (number, judged) in matching.verdicts.enumerated() where judged.verdict == .false {
            harm -= past.position(of: alerts[number].time, naming: matching.groups[number]).map { reward($0) } ?? -1
        }
        func score(_ falseWeight: Double, _ missWeight: Double) -> Double? {
            guard wanted > 0 else { return nil }
            let silent = -missWeight * Double(wanted)
            let raw = credit - missWeight * Double(missed) - falseWeight * harm
            return 100 * (raw - silent) / (Double(wanted) - silent)
        }
        standard = score(0.11, 1)
        lowFalsePositives = score(0.22, 1)
        lowFalseNegatives = score(0.11, 2)
    }
}

/// What an alert is worth at a position, from nearly 1 through 0 at the window's end to -1.
private func reward(_ position: Double) -> Double {
    position >= 3 ? -1 : 2 / (1 + Mathematics.exp(5 * position)) - 1
}

/// For each group of names the windows of incidents to be detected, by their ends.
private struct PastWindows {
    private var windows: [[(end: Instant, length: Int64)]]

    init(_ index: IncidentIndex) {
        windows = index.members.map { members in
            members.filter { index.incidents[$0].variant.isToBeDetected }
                .map { (index.ends[$0], (index.ends[$0] - index.starts[$0]).nanoseconds) }
                .sorted { ($0.end, $0.length) < ($1.end, $1.length) }
        }
    }

    /// How far behind the last window's end a time is, in lengths of that window; nil where no window has ended.
    func position(of time: Instant, naming groups: [Int]) -> Double? {
        var last: (end: Instant, length: Int64)?
        for group in groups {
            let windows = windows[group]
            var low = 0
            var high = windows.count
            while low < high {
                let middle = (low + high) / 2
                if windows[middle].end < time { low = middle + 1 } else { high = middle }
            }
            guard low > 0 else { continue }
            let window = windows[low - 1]
            if let known = last, (known.end, known.length) >= (window.end, window.length) { continue }
            last = window
        }
        guard let last else { return nil }
        return last.length == 0 ? 3 : Double((time - last.end).nanoseconds) / Double(last.length)
    }
}
