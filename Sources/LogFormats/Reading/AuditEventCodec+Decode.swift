import ByteText
import SimTime
public import TailnetModel

extension AuditEventCodec {
    /// Reads a record in a channel's form.
    ///
    /// On `stream` the bytes are an envelope: its `fields.recorded` becomes `logged`, and its `time`, which has only
    /// milliseconds, becomes `eventTime`, so that the record can be written again.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer, channel: Channel, strictness: Strictness = .lenient
    ) throws(RecordError) -> AuditEvent {
        if strictness == .lenient { return unsafe try read(bytes, channel).event }
        let inspected = unsafe try inspect(bytes, channel: channel)
        if let first = inspected.deviations.first {
            throw RecordError(offset: first.offset, message: first.kind.rawValue)
        }
        return inspected.record
    }

    /// Reads a record from an array of bytes.
    public static func decode(
        _ bytes: [UInt8], channel: Channel, strictness: Strictness = .lenient
    ) throws(RecordError) -> AuditEvent {
        unsafe try bytes.withRecordBytes { (raw) throws(RecordError) in
            unsafe try decode(raw, channel: channel, strictness: strictness)
        }
    }

    /// Reads a record and lists all that the service would have written differently.
    public static func inspect(
        _ bytes: UnsafeRawBufferPointer, channel: Channel
    ) throws(RecordError) -> InspectedRecord<AuditEvent> {
        let (event, reader) = unsafe try read(bytes, channel)
        var deviations = reader.deviations
        let isIncomplete =
            switch channel {
            case .poll: event.eventTime == nil || event.type == nil
            case .object: event.eventTime == nil || event.logged == nil
            case .stream: false
            }
        if isIncomplete { deviations.append(RecordDeviation(.missingKey, at: 0)) }
        var canonical: [UInt8] = []
        encode(event, channel: channel, into: &canonical)
        unsafe RecordDeviation.compare(bytes, with: canonical, &deviations)
        return InspectedRecord(record: event, deviations: deviations)
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer, _ channel: Channel
    ) throws(RecordError) -> (event: AuditEvent, reader: RecordReader) {
        var reader = unsafe RecordReader(bytes)
        var event = AuditEvent.empty
        if channel == .stream {
            let envelope = try reader.envelope { (reader) throws(RecordError) in
                event = try reader.auditEvent(.stream)
            }
            event.logged = envelope.recorded ?? event.logged
            if event.eventTime == nil, let time = envelope.milliseconds {
                guard time.magnitude < RecordNumber.largestMilliseconds else {
                    throw RecordError(offset: envelope.timeOffset, message: "'time' is not in the years 1685 to 2255")
                }
                event.eventTime = .epoch + .milliseconds(time)
            }
        } else {
            event = try reader.auditEvent(channel)
        }
        try reader.finish()
        return (event, reader)
    }
}

extension AuditEvent {
    fileprivate static var empty: AuditEvent {
        AuditEvent(
            eventGroupID: "", origin: "", actor: AuditActor(id: "", type: "", loginName: "", displayName: ""),
            target: AuditTarget(id: "", name: "", type: ""), action: "")
    }
}

private enum AuditKey: String, RecordKey {
    case logged, eventTime, type, deferredAt, eventGroupID, origin, actor, target, action, old, new, actionDetails
    case error
}

private enum AuditActorKey: String, RecordKey {
    case id, type, loginName, displayName, tags
}

private enum AuditTargetKey: String, RecordKey {
    case id, name, type, isEphemeral, property
}

extension RecordReader {
    fileprivate mutating func auditEvent(_ channel: Channel) throws(RecordError) -> AuditEvent {
        var event = AuditEvent.empty
        let required: [AuditKey] = [.eventGroupID, .origin, .actor, .target, .action]
        try object("the audit record", required: required) { (reader, key, token) throws(RecordError) in
            switch key {
            case .logged:
                if channel != .object { reader.note(.foreignKey, at: token.start) }
                event.logged = try reader.timestamp(key)
            case .eventTime:
                if channel == .stream { reader.note(.foreignKey, at: token.start) }
                event.eventTime = try reader.timestamp(key)
            case .type:
                if channel != .poll { reader.note(.foreignKey, at: token.start) }
                let type = try reader.string(key)
                if type != "CONFIG" { reader.note(.recordType, at: token.start) }
                event.type = type
            case .deferredAt:
                if channel == .stream { reader.note(.foreignKey, at: token.start) }
                event.deferredAt = try reader.optionalString(key)
            case .eventGroupID: event.eventGroupID = try reader.string(key)
            case .origin: event.origin = try reader.string(key)
            case .actor: event.actor = try reader.auditActor()
            case .target: event.target = try reader.auditTarget()
            case .action: event.action = try reader.string(key)
            case .old: event.old = reader.text(try reader.skipValue())
            case .new: event.new = reader.text(try reader.skipValue())
            case .actionDetails: event.actionDetails = try reader.optionalString(key)
            case .error: event.error = try reader.optionalString(key)
            }
        }
        return event
    }

    private mutating func auditActor() throws(RecordError) -> AuditActor {
        var actor = AuditActor(id: "", type: "", loginName: "", displayName: "")
        let begin = offset
        let required: [AuditActorKey] = [.id, .type]
        try object("'actor'", required: required) { (reader, key, token) throws(RecordError) in
            switch key {
            case .id: actor.id = try reader.string(key)
            case .type: actor.type = try reader.string(key)
            case .loginName: actor.loginName = try reader.string(key)
            case .displayName: actor.displayName = try reader.string(key)
            case .tags: actor.tags = try reader.strings(key)
            }
        }
        if !actor.tags.isEmpty && actor.type != "NODE" { note(.nodeOnly, at: begin) }
        return actor
    }

    private mutating func auditTarget() throws(RecordError) -> AuditTarget {
        var target = AuditTarget(id: "", name: "", type: "")
        let begin = offset
        let required: [AuditTargetKey] = [.id, .type]
        try object("'target'", required: required) { (reader, key, token) throws(RecordError) in
            switch key {
            case .id: target.id = try reader.string(key)
            case .name: target.name = try reader.string(key)
            case .type: target.type = try reader.string(key)
            case .isEphemeral:
                let value = try reader.next()
                if value.kind != .true { reader.note(.emptyValue, at: value.start) }
                guard value.kind == .true || value.kind == .false else {
                    throw reader.mismatch(key, value, "boolean")
                }
                target.isEphemeral = value.kind == .true
            case .property: target.property = try reader.optionalString(key)
            }
        }
        if target.isEphemeral && target.type != "NODE" { note(.nodeOnly, at: begin) }
        return target
    }
}
