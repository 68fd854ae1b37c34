import Delivery
import NIOCore
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Deliveries to files.
@Suite("File sink", .timeLimit(.minutes(15))) struct FileSinkTests {
    private func shipper(_ path: String, _ options: ShipperOptions = .init()) throws -> Shipper {
        try Shipper(to: Destination(parsing: "file:\(path)"), options: options)
    }

    private func texts(_ sequences: Range<Int>) -> String {
        sequences.map { String(buffer: sampleBatch($0).bytes) }.joined()
    }

    @Test("A file gets its name when it is complete") func aFileGetsItsNameWhenItIsComplete() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/network.ndjson"
            let shipper = try shipper(path)
            for sequence in 0..<20 { #expect(await shipper.submit(sampleBatch(sequence))) }
            #expect(contents(path) == nil)
            #expect(contents(path + ".part") != nil)
            let account = try await shipper.finish()
            #expect(account.acknowledged == 200 && account.lost == 0 && account.isBalanced)
            #expect(account.statusCounts == [] && account.requests == 20)
            #expect(contents(path) == texts(0..<20))
            #expect(contents(path + ".part") == nil)
        }
    }

    @Test("Compressed batches are one member each") func compressedBatchesAreOneMemberEach() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/network.ndjson.gz"
            let shipper = try shipper(path, ShipperOptions(compression: .gzip))
            for sequence in 0..<3 { await shipper.submit(sampleBatch(sequence)) }
            _ = try await shipper.finish()
            let data = try #require(FileManager.default.contents(atPath: path))
            #expect(gunzipped(ByteBuffer(bytes: data)) == (0..<3).map { texts($0..<$0 + 1) })
        }
    }

    @Test("A file that another delivery writes is refused in its own words") func aFileThatAnotherDeliveryWrites()
        async throws
    {
        try await withTemporaryDirectory { directory in
            let path = directory + "/network.ndjson"
            let first = try shipper(path)
            let error = #expect(throws: DeliveryError.self) { try shipper(path) }
            #expect(error?.description.contains("another process is writing to") == true)
            first.cancel()
            _ = try await first.finish()
        }
    }

    @Test("A cancelled delivery leaves no file of that name") func aCancelledDeliveryLeavesNoFileOfThatName()
        async throws
    {
        try await withTemporaryDirectory { directory in
            let path = directory + "/network.ndjson"
            let shipper = try shipper(path)
            await shipper.submit(sampleBatch(0))
            shipper.cancel()
            let account = try await shipper.finish()
            #expect(account.isBalanced && account.inFlight == 0 && account.generated == 10)
            #expect(contents(path) == nil)
        }
    }

    @Test(
        "A full disk is said in one sentence and ends the delivery",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "a device that Linux has"))
    func aFullDiskIsSaidInOneSentenceAndEndsTheDelivery() async throws {
        let shipper = try shipper("/dev/full")
        var isTaken = true
        while isTaken {
            try Task.checkCancellation()
            isTaken = await shipper.submit(sampleBatch(0))
        }
        let account = try await shipper.finish()
        #expect(account.givenUp == account.generated && account.inFlight == 0 && account.lost == 0)
        #expect(account.requests == 1 && account.retries == 0)
        #expect(
            account.failures.map(\.description) == [
                "cannot write \"/dev/full\": no space left on device; free some space or choose another place"
            ])
    }

    @Test("What is no regular file is written to directly") func whatIsNoRegularFileIsWrittenToDirectly() async throws {
        let shipper = try shipper("/dev/null")
        await shipper.submit(sampleBatch(0))
        #expect(try await shipper.finish().acknowledged == 10)
        #expect(!FileManager.default.fileExists(atPath: "/dev/null.part"))
    }

    @Test("A link stays a link") func aLinkStaysALink() async throws {
        try await withTemporaryDirectory { directory in
            let (link, target) = (directory + "/link", directory + "/target")
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
            let shipper = try shipper(link)
            await shipper.submit(sampleBatch(0))
            #expect(try await shipper.finish().acknowledged == 10)
            #expect(contents(target) == texts(0..<1))
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
        }
    }

    @Test("A place that cannot be written is said at once") func aPlaceThatCannotBeWrittenIsSaidAtOnce() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/missing/network.ndjson"
            let error = #expect(throws: DeliveryError.self) { try shipper(path) }
            #expect(error?.code == .cannotOpen)
            #expect(
                error?.message == "cannot create \"\(path)\": no such file or directory; "
                    + "choose a directory that exists and is writable.")
            let other = #expect(throws: DeliveryError.self) { try shipper(directory) }
            #expect(other?.message == "\"\(directory)\" is a directory; name a file in it.")
        }
    }

    @Test("A file that cannot get its name is reported") func aFileThatCannotGetItsNameIsReported() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/network.ndjson"
            let shipper = try shipper(path)
            await shipper.submit(sampleBatch(0))
            // What takes the name in the meantime is a directory.
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            let error = await #expect(throws: DeliveryError.self) { try await shipper.finish() }
            #expect(error?.code == .cannotFinish)
            #expect(shipper.account.acknowledged == 10)
            #expect(contents(path + ".part") == texts(0..<1))
        }
    }
}
