import Delivery
import Testing

/// Destinations as users write them.
@Suite("Destination", .timeLimit(.minutes(15))) struct DestinationTests {
    private static let encrypted = [
        ("https://[::1]:8443/logs", "https://[::1]:8443/logs"),
        ("https://me:secret@example.com", "https://example.com/"),
        ("splunk+https://token@h/", "splunk+https://h/services/collector/event"),
        ("splunk+https://h?index=x", "splunk+https://h/services/collector/event?index=x"),
        ("splunk+https://u:t@h/own/path", "splunk+https://h/own/path"),
    ]

    #if TLS
    @Test("An encrypted one is read", arguments: encrypted)
    func anEncryptedOneIsRead(_ text: String, as description: String) throws {
        #expect(try Destination(parsing: text).description == description)
    }
    #endif

    @Test(
        "Is read",
        arguments: [
            ("file:out.ndjson", "file:out.ndjson"),
            ("file:/tmp/a b.ndjson", "file:/tmp/a b.ndjson"),
            ("file:///tmp/out.ndjson", "file:/tmp/out.ndjson"),
            ("file://localhost/tmp/out.ndjson", "file:/tmp/out.ndjson"),
            ("http://127.0.0.1:9", "http://127.0.0.1:9/"),
            ("HTTP://ingest.example.com/a/b?c=d", "http://ingest.example.com/a/b?c=d"),
            ("http://[::1]:8443/logs", "http://[::1]:8443/logs"),
            ("http://me:secret@example.com", "http://example.com/"),
            ("splunk+http://token@h/", "splunk+http://h/services/collector/event"),
            ("splunk+http://127.0.0.1:8088", "splunk+http://127.0.0.1:8088/services/collector/event"),
        ])
    func isRead(_ text: String, as description: String) throws {
        #expect(try Destination(parsing: text).description == description)
    }

    @Test("Only a stream wants envelopes") func onlyAStreamWantsEnvelopes() throws {
        #expect(try Destination(parsing: "splunk+http://h").form == .envelopes)
        #expect(try Destination(parsing: "splunk+http://h").sink is SplunkSink)
        #expect(try Destination(parsing: "http://h").form == .records)
        #expect(try Destination(parsing: "http://h").sink is NDJSONSink)
        #expect(try Destination(parsing: "file:x").form == .records)
        #expect(try Destination(parsing: "file:x").sink.unfinishedOutput == "x.part")
    }

    @Test("Destinations are equal if they lead to the same place with the same credentials")
    func destinationsAreEqualIfTheyLeadToTheSamePlaceWithTheSameCredentials() throws {
        func areEqual(_ left: String, _ right: String) throws -> Bool {
            try Destination(parsing: left) == Destination(parsing: right)
        }
        #expect(try areEqual("http://h", "HTTP://h/"))
        #expect(try areEqual("http://u:p@h", "http://u:p@h/"))
        #expect(try !areEqual("http://u:p@h", "http://u:q@h"))
        #expect(try !areEqual("http://h", "splunk+http://h"))
        #expect(try areEqual("file:/x", "file:///x"))
    }

    #if !TLS
    @Test("Encryption is refused where it was not built", arguments: encrypted.map(\.0))
    func encryptionIsRefusedWhereItWasNotBuilt(_ text: String) {
        let error = #expect(throws: DeliveryError.self) { try Destination(parsing: text) }
        #expect(error?.code == .needsTLS)
        #expect(error?.message.contains("swift build -c release --product mocktail") == true)
    }
    #endif

    @Test(
        "A host and a port without a scheme: what to write",
        arguments: ["127.0.0.1:8088", "localhost:8088/logs", "[::1]:8088", "h:1"])
    func hostWithoutScheme(_ text: String) {
        let error = #expect(throws: DeliveryError.self) { try Destination(parsing: text) }
        #expect(error?.code == .unknownScheme)
        #expect(error?.message == "destination \"\(text)\" has no scheme; write http://\(text).")
    }

    @Test(
        "No message shows a secret",
        arguments: [
            "file://u:secret@h/x", "http://u:secret@h:x/", "http://u:se/secret@h", "u:secret@h:8088", "secret:@h",
            "kafka://u:secret@h", "http:u:secret@h", "http://h:x/?token=secret", "http://u:secret@h/ x",
        ])
    func messagesShowNoSecret(_ text: String) {
        let error = #expect(throws: DeliveryError.self) { try Destination(parsing: text) }
        #expect(error?.message.contains("secret") == false, "\(error?.message ?? "")")
    }

    @Test("A description shows no value of a query that is a secret") func queryIsMasked() throws {
        let destination = try Destination(parsing: "http://h/x?token=abc&log=network")
        #expect(destination.description == "http://h/x?token=***&log=network")
        #expect(try destination != Destination(parsing: "http://h/x?token=abd&log=network"))
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
