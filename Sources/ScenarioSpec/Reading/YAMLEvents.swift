import CLibYAML

/// The events of a YAML text, read by libyaml one by one.
///
/// The parser and the text are memory of its own, which nobody else sees.
@safe
final class YAMLEvents {
    private let text: UnsafeMutableBufferPointer<UInt8>
    /// Of an address that stays: libyaml keeps pointers into it.
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)

    init(_ text: String) {
        var text = text
        unsafe self.text = text.withUTF8 { bytes in
            let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
            _ = unsafe copy.initialize(from: bytes)
            return unsafe copy
        }
        guard unsafe yaml_parser_initialize(parser) == 1 else { fatalError("no memory for a YAML parser") }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, self.text.baseAddress, self.text.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe text.deallocate()
    }

    /// The next event; none may be asked for after an error or the stream's end.
    func next() throws(YAMLError) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw error() }
        defer { unsafe yaml_event_delete(&event) }
        let (kind, anchor) = unsafe YAMLEvents.content(event)
        let mark = unsafe event.start_mark
        return YAMLEvent(kind: kind, anchor: anchor, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    /// What an event says, copied out of libyaml's memory.
    private static func content(_ event: yaml_event_t) -> (YAMLEvent.Kind, anchor: String?) {
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: return (.streamStart, nil)
        case YAML_DOCUMENT_START_EVENT: return (.documentStart, nil)
        case YAML_DOCUMENT_END_EVENT: return (.documentEnd, nil)
        case YAML_SEQUENCE_START_EVENT: return (.listStart, unsafe string(event.data.sequence_start.anchor))
        case YAML_SEQUENCE_END_EVENT: return (.listEnd, nil)
        case YAML_MAPPING_START_EVENT: return (.mappingStart, unsafe string(event.data.mapping_start.anchor))
        case YAML_MAPPING_END_EVENT: return (.mappingEnd, nil)
        case YAML_ALIAS_EVENT: return (.alias(unsafe string(event.data.alias.anchor) ?? ""), nil)
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            // Not as a C string: an escape may have put a NUL into it.
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
            return unsafe (.scalar(String(decoding: bytes, as: UTF8.self), isPlain: isPlain), string(scalar.anchor))
        default: return (.streamEnd, nil)
        }
    }

    private static func string(_ text: UnsafeMutablePointer<UInt8>?) -> String? {
        unsafe text.map { unsafe String(cString: $0) }
    }

    private func error() -> YAMLError {
        let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "it cannot be read"
        switch unsafe parser.pointee.error {
        case YAML_READER_ERROR:
            let lines = unsafe text.prefix(parser.pointee.problem_offset).count { $0 == 10 }
            return YAMLError(line: lines + 1, message: "the YAML is broken: \(problem)")
        case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
            let mark = unsafe parser.pointee.problem_mark
            return YAMLError(
                line: Int(mark.line) + 1, message: "the YAML is broken at column \(mark.column + 1): \(problem)")
        default:
            return YAMLError(line: 0, message: "the YAML cannot be read")
        }
    }
}
