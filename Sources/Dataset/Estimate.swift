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

    /// Up to so much is generated whole, which takes no longer than samples would.
    private static var shortest: TimeSpan { .hours(1) }
    private static let fewestSamples: Int64 = 12
    /// A small tailnet logs little in a bucket, and then many samples cost little.
    private static let mostSamples: Int64 = 400
    /// After the fewest samples, more are made for so long.
    private static var patience: Duration { .seconds(1) }

    /// Generates a short window, or samples of a bucket each, evenly over a longer one, and scales up.
    ///
    /// Seeking makes the samples cheap; what lies between them is assumed to be like them.
    public static func make(world: World, options: GeneratorOptions) async -> Estimate {
        let window = options.window
        let sample = World.bucketLength
        guard window.length > shortest else {
            let whole = await Sample.make(world: world, options: options, of: window, after: .zero)
            return Estimate(records: whole.records, bytes: whole.bytes, milliseconds: whole.spent / 1_000)
        }
        var sum = Sample()
        var samples: Int64 = 0
        let begin = ContinuousClock.now
        while samples < fewestSamples || samples < mostSamples && ContinuousClock.now - begin < patience {
            // Multiples of the golden ratio lie evenly in any number, over the days and over the hours of the day.
            let fraction = UInt64(samples) &* 0x9E37_79B9_7F4A_7C15
            let offset = fraction.multipliedFullWidth(by: UInt64((window.length - sample).nanoseconds)).high
            let start = (window.start + .nanoseconds(Int64(offset))).floored(to: sample)
            let part = TimeWindow(start: start, end: start + sample)
            sum.add(await Sample.make(world: world, options: options, of: part, after: sample))
            samples += 1
        }
        let sampled = sample.nanoseconds * samples
        func scaled(_ value: Int64) -> Int64 {
            Int64(Int128(value) * Int128(window.length.nanoseconds) / Int128(sampled))
        }
        // A run goes the way to its beginning once.
        return Estimate(
            records: scaled(sum.records), bytes: scaled(sum.bytes),
            milliseconds: (scaled(sum.spent) + sum.way / samples) / 1_000)
    }

    /// What a part of the window comes to.
    private struct Sample {
        var records: Int64 = 0
        var bytes: Int64 = 0
        /// Microseconds for the part itself.
        var spent: Int64 = 0
        /// Microseconds for what comes before it: what was open half an hour ago.
        var way: Int64 = 0

        mutating func add(_ other: Sample) {
            records += other.records
            bytes += other.bytes
            spent += other.spent
            way += other.way
        }

        /// Generates a part, and some time before it, with which the way to its beginning is not counted in.
        static func make(
            world: World, options: GeneratorOptions, of part: TimeWindow, after before: TimeSpan
        ) async -> Sample {
            var options = options
            options.window = TimeWindow(start: part.start - before, end: part.end)
            let generator = LogGenerator(world: world, options: options)
            let clock = ContinuousClock()
            var sample = Sample()
            var begin = clock.now
            while let chunk = await generator.next() {
                let now = clock.now
                let duration = (now - begin).components
                let microseconds = duration.seconds * 1_000_000 + duration.attoseconds / 1_000_000_000_000
                begin = now
                guard chunk.window.start >= part.start else {
                    sample.way += microseconds
                    continue
                }
                sample.spent += microseconds
                for part in chunk.parts {
                    sample.records += Int64(part.records.count)
                    sample.bytes += Int64(part.bytes.count)
                }
            }
            return sample
        }
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
