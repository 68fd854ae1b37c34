import Delivery
import Testing

/// Destinations as users write them.
@Suite("Destination", .timeLimit(.minutes(15))) struct DestinationTests {
    @Test(
        "Is read",
        arguments: [
            ("file:out.ndjson", "file:out.ndjson"),
            ("file:/tmp/a b.ndjson", "file:/tmp/a b.ndjson"),
            ("file:///tmp/out.ndjson", "file:/tmp/out.ndjson"),
            ("file://localhost/tmp/out.ndjson", "file:/tmp/out.ndjson"),
            ("http://127.0.0.1:9", "http://127.0.0.1:9/"),
            ("HTTP://ingest.example.com/a/b?c=d", "http://ingest.example.com/a/b?c=d"),
            ("https://[::1]:8443/logs", "https://[::1]:8443/logs"),
            ("https://me:secret@example.com", "https://example.com/"),
            ("splunk+http://127.0.0.1:8088", "splunk+http://127.0.0.1:8088/services/collector/event"),
            ("splunk+https://token@h/", "splunk+https://h/services/collector/event"),
            ("splunk+https://h?index=x", "splunk+https://h/services/collector/event?index=x"),
            ("splunk+https://u:t@h/own/path", "splunk+https://h/own/path"),
        ])
    func isRead(_ text: String, as description: String) throws {
        #expect(try Destination(parsing: text).description == description)
    }

    @Test("Only a stream wants envelopes") func onlyAStreamWantsEnvelopes() throws {
        #expect(try Destination(parsing: "splunk+http://h").form == .envelopes)
        #expect(try Destination(parsing: "splunk+https://h").kind == .splunk)
        #expect(try Destination(parsing: "http://h").form == .records)
        #expect(try Destination(parsing: "https://h").kind == .ndjson)
        #expect(try Destination(parsing: "file:x").form == .records)
    }

    @Test("An unknown scheme names the known ones", arguments: ["kafka://h:1/secret", "out.ndjson", "", "splunk://h"])
    func anUnknownSchemeNamesTheKnownOnes(_ text: String) {
        let error = #expect(throws: DeliveryError.self) { try Destination(parsing: text) }
        #expect(error?.code == .unknownScheme)
        #expect(error?.message.contains("file, http, https, splunk+http, splunk+https") == true)
        #expect(error?.message.contains("secret") == false)
    }

    @Test(
        "What is wrong is said",
        arguments: [
            ("http:/h", "no //"), ("http://", "host and port"), ("http://h:0/", "host and port"),
            ("http://h:65536/", "host and port"), ("http://h:+1/", "host and port"), ("http://:80/", "host and port"),
            ("http://[::1/", "host and port"), ("http://a b/", "space"), ("http://h/#x", "fragment"),
            ("http://h/\u{e9}", "ASCII"), ("splunk+http://%zz@h/", "percent"), ("file:", "no path"),
            ("file:/tmp/", "no file name"), ("file://host/tmp/x", "names the host \"host\""),
            ("http://u:secret@h:x/", "host and port"),
        ])
    func whatIsWrongIsSaid(_ text: String, _ part: String) {
        let error = #expect(throws: DeliveryError.self) { try Destination(parsing: text) }
        #expect(error?.code == .invalidURL)
        #expect(error?.message.contains(part) == true)
        #expect(error?.message.contains("secret") == false)
    }
}
