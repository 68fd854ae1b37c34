import ByteText
import SimTime
public import TailnetModel

/// Writes and reads records of the network flow log, as plain values.
///
/// For readers and small writers; the simulation's records are written by `FlowRecordEncoder`, to the same bytes.
public enum FlowLogCodec {
    /// Appends a record in a channel's form, without a newline.
    public static func encode(_ log: FlowLog, channel: Channel, into output: inout [UInt8]) {
        var stamps = FlowStamps()
        let begin: Int
        if channel == .stream {
            let time = StreamTime.milliseconds(start: log.start, end: log.end)
            output += "{\"time\":".utf8
            output.appendText(atMost: ByteCursor.secondsBound) { $0.putSeconds(milliseconds: time) }
            output += ",\"event\":".utf8
            begin = output.count
        } else {
            begin = output.count
            if let logged = log.logged {
                output += ",\"logged\":".utf8
                output.appendTimestamp(logged, &stamps.logged)
            }
        }
        output += ",\"nodeId\":".utf8
        output.appendJSONString(log.nodeID)
        output += ",\"start\":".utf8
        output.appendTimestamp(log.start, &stamps.start)
        output += ",\"end\":".utf8
        output.appendTimestamp(log.end, &stamps.end)
        if let srcNode = log.srcNode {
            output += ",\"srcNode\":".utf8
            output.appendFlowNode(srcNode)
        }
        output.appendArray("dstNodes", log.dstNodes) { $0.appendFlowNode($1) }
        for kind in TrafficClass.allCases {
            output.appendArray(kind.key, log[kind]) { $0.appendFlowCounts($1) }
        }
        // Every field brings a comma in front; the first one becomes the brace.
        output[begin] = UInt8(ascii: "{")
        output.append(UInt8(ascii: "}"))
        guard channel == .stream else { return }
        if let logged = log.logged {
            output += ",\"fields\":{\"recorded\":".utf8
            output.appendTimestamp(logged, &stamps.logged)
            output.append(UInt8(ascii: "}"))
        }
        output.append(UInt8(ascii: "}"))
    }
}

extension [UInt8] {
    /// Appends a timestamp in quotes.
    fileprivate mutating func appendTimestamp(_ instant: Instant, _ cache: inout StampCache) {
        appendText(atMost: StampCache.bound + 2) { cursor in
            cursor.put("\"")
            cursor.putTimestamp(nanoseconds: instant.nanoseconds, &cache)
            cursor.put("\"")
        }
    }

    /// Appends a key and an array, with a comma in front; nothing where the array is empty.
    fileprivate mutating func appendArray<Item>(
        _ key: String, _ items: [Item], _ appendItem: (inout [UInt8], Item) -> Void
    ) {
        guard !items.isEmpty else { return }
        self += ",\"\(key)\":".utf8
        for (index, item) in items.enumerated() {
            append(index == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
            appendItem(&self, item)
        }
        append(UInt8(ascii: "]"))
    }

    /// Appends an entry of a traffic array; what is absent or zero is left out.
    fileprivate mutating func appendFlowCounts(_ entry: FlowCounts) {
        let texts = JSONStringText.bound(entry.src) + JSONStringText.bound(entry.dst)
        appendText(atMost: FlowRecordEncoder.entryBound + texts) { cursor in
            cursor.putObject { cursor in
                if entry.proto != 0 {
                    cursor.put(",\"proto\":")
                    cursor.putDecimal(UInt64(entry.proto))
                }
                if !entry.src.isEmpty {
                    cursor.put(",\"src\":")
                    cursor.putJSONString(entry.src)
                }
                if !entry.dst.isEmpty {
                    cursor.put(",\"dst\":")
                    cursor.putJSONString(entry.dst)
                }
                cursor.putCounts(entry.counts)
            }
        }
    }
}
