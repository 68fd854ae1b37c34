import ByteText
import LogFormats
package import SimTime
package import TailnetModel

/// What one request's body holds, found in one pass over it.
package struct CheckedBody {
    /// A range of the body that goes into one file: records of one log, with a newline behind each but maybe the last.
    package struct Piece {
        package var log: LogKind
        package var range: Range<Int>
    }

    package var configuration = 0
    package var network = 0
    package var malformed = 0
    /// Whether the task was cancelled before the end of the body.
    package var isCutShort = false
    /// Why the first malformed records are none.
    package var reasons: [String] = []
    /// One a record, in the order of the body.
    package var identities: [UInt64] = []
    package var pieces: [Piece] = []
    /// What detections count.
    package var found = FoundHits()
    /// The records' event times, in the order of the body.
    private var times: [Instant] = []

    /// How many reasons are kept, here and in the whole of a receiver's life.
    package static let reasonLimit = 10

    /// Checks a body of one record or envelope a line; blank lines pass.
    package init(lines body: Span<UInt8>, _ search: HitSearch) {
        var check = RecordCheck()
        var lines = TextLines()
        while let line = lines.next(in: body) {
            if stops(after: line.number) { return }
            let text = body.extracting(line.content)
            do throws(RecordError) {
                try check.read(text)
                take(check, text, at: line.content.lowerBound, search)
                addLine(check.log, line.range)
            } catch {
                if !line.content.allSatisfy({ body[$0] <= 0x20 }) { addMalformed("line \(line.number), \(error)") }
            }
        }
    }

    /// Checks a body of envelopes with or without white space between them.
    ///
    /// Throws where the body is not a row of JSON envelopes: such a body is refused as a whole. An envelope whose record
    /// is none is only counted.
    package init(envelopes body: Span<UInt8>, _ search: HitSearch) throws(EnvelopeProblem) {
        var check = RecordCheck()
        var number = 0
        var offset = 0
        while offset < body.count {
            if stops(after: number) { return }
            let rest = body.extracting(offset...)
            var length = 0
            do throws(RecordError) {
                guard try check.readNext(rest, at: &length) else { break }
                take(check, rest, at: offset, search)
                let range = offset + check.range.lowerBound..<offset + check.range.upperBound
                pieces.append(Piece(log: check.log, range: range))
            } catch {
                length = try CheckedBody.endOfEnvelope(rest, number)
                addMalformed("event \(number), \(error)")
            }
            offset += length
            number += 1
        }
    }

    /// Whether the check ends here because its task is cancelled; it looks at every thousandth record or so.
    private mutating func stops(after number: Int) -> Bool {
        if number & 1_023 == 0, Task.isCancelled { isCutShort = true }
        return isCutShort
    }

    /// Where an envelope ends whose record is none.
    private static func endOfEnvelope(_ bytes: Span<UInt8>, _ number: Int) throws(EnvelopeProblem) -> Int {
        do throws(RecordError) { return try StreamEnvelopes.endOfFirst(in: bytes) } catch {
            throw EnvelopeProblem(number: number, error: error)
        }
    }

    /// The median event time of the records; nil where there are none.
    ///
    /// A few records whose node has a wrong clock do not move it, as they would the newest time or the oldest.
    package var medianTime: Instant? { times.isEmpty ? nil : times.sorted()[times.count / 2] }

    /// The newest event time that is at most an hour after the median, so that no wrong clock decides.
    package func newestTime(near median: Instant) -> Instant {
        times.reduce(median) { $1 <= median + .hours(1) ? max($0, $1) : $0 }
    }

    /// The logs that have records in the body.
    package var logs: [LogKind] { (configuration > 0 ? [.configuration] : []) + (network > 0 ? [.network] : []) }

    private mutating func addMalformed(_ reason: String) {
        malformed += 1
        if reasons.count < CheckedBody.reasonLimit { reasons.append(reason) }
    }

    /// Adds a line to the pieces: to the last one where it continues it.
    private mutating func addLine(_ log: LogKind, _ range: Range<Int>) {
        if let last = pieces.last, last.log == log, last.range.upperBound == range.lowerBound {
            pieces[pieces.count - 1].range = last.range.lowerBound..<range.upperBound
        } else {
            pieces.append(Piece(log: log, range: range))
        }
    }

    /// Takes the record that `check` has read from `bytes`, which begin at `offset` of the body.
    private mutating func take(_ check: RecordCheck, _ bytes: Span<UInt8>, at offset: Int, _ search: HitSearch) {
        let entries = found.entries.count
        search.look(in: check, bytes, record: identities.count, into: &found)
        for place in entries..<found.entries.count { found.entries[place].move(by: offset) }
        identities.append(check.identity)
        times.append(check.time)
        switch check.log {
        case .configuration: configuration += 1
        case .network: network += 1
        }
    }
}
