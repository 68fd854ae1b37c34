public import Generation
import SimTime
public import Simulation
import ByteText
import SystemFiles

/// What a run would come to, from some samples of it.
public struct Estimate: Sendable {
    /// Records of both logs.
    public var records: Int64
    public var bytes: Int64
    public var milliseconds: Int64

    /// Generates up to twelve samples of five minutes, evenly over the window, and scales up.
    ///
    /// Seeking makes the samples cheap; what lies between them is assumed to be like them.
    public static func make(world: World, options: GeneratorOptions) async -> Estimate {
        let window = options.window
        let sample = min(window.length.nanoseconds, TimeSpan.minutes(5).nanoseconds)
        let count = max(1, min(12, window.length.nanoseconds / sample))
        let step = window.length.nanoseconds / count
        var records: Int64 = 0
        var bytes: Int64 = 0
        var spent: Int64 = 0
        let clock = ContinuousClock()
        for index in 0..<count {
            var options = options
            let start = window.start + .nanoseconds(index * step + (step - sample) / 2)
            options.window = TimeWindow(start: start, end: start + .nanoseconds(sample))
            let generator = LogGenerator(world: world, options: options)
            var begin = clock.now
            while let chunk = await generator.next() {
                for part in chunk.parts {
                    records += Int64(part.records.count)
                    bytes += Int64(part.bytes.count)
                }
                // The first chunk holds the way to the window, which a whole run goes only once.
                let parts = (clock.now - begin).components
                spent += parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
                begin = clock.now
            }
        }
        let sampled = count * sample
        func scaled(_ value: Int64) -> Int64 {
            Int64(Int128(value) * Int128(window.length.nanoseconds) / Int128(sampled))
        }
        return Estimate(records: scaled(records), bytes: scaled(bytes), milliseconds: scaled(spent) / 1_000)
    }

    /// Refuses a folder whose disk is too small.
    ///
    /// - Throws: `RunError` where less than a tenth more than the estimate is free.
    public func checkSpace(at path: String) throws(RunError) {
        guard let free = Folder.freeBytes(at: path) else { return }
        guard free < bytes + bytes / 10 else { return }
        throw RunError(
            .run,
            "about \(bytes / 1_000_000) MB do not fit on the disk of \(path), which has \(free / 1_000_000) MB free; "
                + "name another folder, or a shorter --duration")
    }

    /// For a terminal.
    public var text: String {
        "about \(records) records, \(bytes / 1_000_000) MB, \(milliseconds / 1_000 + 1) s"
    }

    /// For scripts.
    public var json: String {
        JSONWriter.object { json in
            json.member("records", records)
            json.member("bytes", bytes)
            json.member("seconds", milliseconds / 1_000 + 1)
        }
    }
}
