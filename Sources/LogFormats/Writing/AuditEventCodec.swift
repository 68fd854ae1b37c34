import ByteText
import SimTime
public import TailnetModel

/// Writes and reads records of the configuration audit log.
public enum AuditEventCodec {
    /// Appends a record in a channel's form, without a newline.
    ///
    /// Which fields a record has follows from the channel: `logged` only in objects, `type` only on the poll API, and
    /// when streamed neither `eventTime` nor `deferredAt` (the envelope's `time` is `eventTime` in milliseconds).
    /// `old` and `new` are copied as they are. Nothing is allocated but space in `output`.
    public static func encode(_ event: AuditEvent, channel: Channel, into output: inout [UInt8]) {
        output.appendText(atMost: bound(event)) { cursor in
            cursor.putAuditRecord(event, channel)
        }
    }

    /// Appends a record in a channel's form to a block, with a newline behind it.
    ///
    /// The index entry's time is `logged`, or `eventTime` where that is absent.
    public static func encode(_ event: AuditEvent, channel: Channel, into output: inout EncodedRecords) {
        let logged = event.logged ?? event.eventTime ?? .epoch
        output.append(atMost: bound(event) + 1, logged: logged) { cursor in
            cursor.putAuditRecord(event, channel)
            cursor.put(UInt8(ascii: "\n"))
        }
    }

    /// The most bytes that a record takes on any channel, without a newline.
    private static func bound(_ event: AuditEvent) -> Int {
        var escaped = event.eventGroupID.utf8.count + event.origin.utf8.count + event.action.utf8.count
        escaped += (event.type ?? "").utf8.count + (event.deferredAt ?? "").utf8.count
        escaped += event.actor.id.utf8.count + event.actor.type.utf8.count
        escaped += event.actor.loginName.utf8.count + event.actor.displayName.utf8.count
        escaped += event.target.id.utf8.count + event.target.name.utf8.count + event.target.type.utf8.count
        escaped += (event.target.property ?? "").utf8.count
        escaped += (event.actionDetails ?? "").utf8.count + (event.error ?? "").utf8.count
        for tag in event.actor.tags { escaped += tag.utf8.count + 1 }
        let raw = (event.old ?? "").utf8.count + (event.new ?? "").utf8.count
        return fixedBound + JSONStringText.bound(utf8Count: escaped) + raw
    }

    /// The envelope, keys, quotes, brackets and timestamps of a record that has every field; rounded up.
    private static let fixedBound = 640
}

extension ByteCursor {
    /// Writes a record without newline.
    fileprivate mutating func putAuditRecord(_ event: AuditEvent, _ channel: Channel) {
        // Audit records are few and far between: a cache for one record's timestamps is enough.
        var stamps = StampCache()
        if channel == .stream {
            put("{\"time\":")
            let time = event.eventTime ?? event.logged ?? .epoch
            putSeconds(milliseconds: StreamTime.milliseconds(time))
            put(",\"event\":")
        }
        putObject { cursor in
            switch channel {
            case .poll:
                cursor.putTime(",\"eventTime\":\"", event.eventTime, &stamps)
                cursor.putString(",\"type\":", event.type ?? "CONFIG")
                cursor.putOptional(",\"deferredAt\":", event.deferredAt)
            case .object:
                cursor.putTime(",\"logged\":\"", event.logged, &stamps)
                cursor.putTime(",\"eventTime\":\"", event.eventTime, &stamps)
                cursor.putOptional(",\"deferredAt\":", event.deferredAt)
            case .stream: break
            }
            cursor.putAuditFields(event)
        }
        if channel == .stream {
            if event.logged != nil {
                put(",\"fields\":{\"recorded\":\"")
                putTime("", event.logged, &stamps)
                put("}")
            }
            put("}")
        }
    }

    /// Writes the fields that all channels have, each with a comma in front.
    private mutating func putAuditFields(_ event: AuditEvent) {
        putString(",\"eventGroupID\":", event.eventGroupID)
        putString(",\"origin\":", event.origin)
        putString(",\"actor\":{\"id\":", event.actor.id)
        putString(",\"type\":", event.actor.type)
        putString(",\"loginName\":", event.actor.loginName)
        putString(",\"displayName\":", event.actor.displayName)
        if !event.actor.tags.isEmpty {
            put(",\"tags\":[")
            for tag in event.actor.tags {
                putJSONString(tag)
                put(",")
            }
            closeArray()
        }
        putString("},\"target\":{\"id\":", event.target.id)
        putString(",\"name\":", event.target.name)
        putString(",\"type\":", event.target.type)
        if event.target.isEphemeral { put(",\"isEphemeral\":true") }
        putOptional(",\"property\":", event.target.property)
        putString("},\"action\":", event.action)
        putRaw(",\"old\":", event.old)
        putRaw(",\"new\":", event.new)
        putOptional(",\"actionDetails\":", event.actionDetails)
        putOptional(",\"error\":", event.error)
    }

    private mutating func putString(_ key: StaticString, _ text: String) {
        put(key)
        putJSONString(text)
    }

    private mutating func putOptional(_ key: StaticString, _ text: String?) {
        if let text { putString(key, text) }
    }

    private mutating func putRaw(_ key: StaticString, _ json: String?) {
        guard let json else { return }
        put(key)
        put(utf8: json)
    }

    /// Writes a key that ends in the opening quote, a timestamp and the closing quote.
    private mutating func putTime(_ key: StaticString, _ instant: Instant?, _ stamps: inout StampCache) {
        guard let instant else { return }
        put(key)
        putTimestamp(nanoseconds: instant.nanoseconds, &stamps)
        put("\"")
    }
}
