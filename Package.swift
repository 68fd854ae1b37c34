// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of this package: the newest language rules, and no warning that stays.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

func external(_ name: String, _ package: String) -> Target.Dependency {
    .product(name: name, package: package)
}

let package = Package(
    name: "mocktail",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "mocktail", targets: ["mocktail"]),
        // Labelled logs for the tests of rules, from Swift.
        .library(
            name: "MocktailFixtures", targets: ["MocktailFixtures", "Scoring", "Truth", "TailnetModel", "SimTime"]),
        // What Benchmarks measures.
        .library(
            name: "MocktailEngine",
            targets: [
                "Generation", "Simulation", "LogFormats", "ScenarioSpec", "TailnetPolicy", "TailnetModel", "ByteText",
                "SimTime", "Compression", "SystemFiles",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // 1: C shims.
        .target(name: "CPrefetch"),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        // 2: text, randomness, time, files.
        .target(name: "ByteText"),
        .target(name: "KeyedRandom", dependencies: ["CPrefetch"]),
        .target(name: "SimTime"),
        .target(name: "SystemFiles"),

        // 3: the nouns.
        .target(name: "TailnetModel", dependencies: ["SimTime"]),
        .target(name: "Compression", dependencies: ["CZlib"]),
        .target(name: "Truth", dependencies: ["TailnetModel", "SimTime", "ByteText"]),

        // 4 to 6: the policy, the kinds of incident, the scenario.
        .target(name: "TailnetPolicy", dependencies: ["TailnetModel", "ByteText"]),
        .target(name: "IncidentCatalog", dependencies: ["Truth", "TailnetModel"]),
        .target(
            name: "ScenarioSpec",
            dependencies: [
                "IncidentCatalog", "TailnetPolicy", "Truth", "TailnetModel", "SimTime", "KeyedRandom", "ByteText",
                external("Yams", "Yams"),
            ]),

        // 7: the tailnet's life, its records, what they are measured by.
        .target(
            name: "Simulation",
            dependencies: [
                "ScenarioSpec", "IncidentCatalog", "TailnetPolicy", "Truth", "TailnetModel", "SimTime",
                "KeyedRandom", "ByteText", "CPrefetch", external("BasicContainers", "swift-collections"),
            ]),
        .target(name: "LogFormats", dependencies: ["TailnetModel", "SimTime", "ByteText", "CPrefetch"]),
        .target(
            name: "Detections",
            dependencies: [
                "LogFormats", "Truth", "TailnetModel", "SystemFiles", "SimTime", "ByteText",
            ]),
        .target(name: "Scoring", dependencies: ["Truth", "TailnetModel", "SimTime", "ByteText"]),

        // 8: records as text, their delivery, their statistics.
        .target(
            name: "Generation",
            dependencies: [
                "LogFormats", "Simulation", "Truth", "TailnetModel", "SimTime", "ByteText",
            ]),
        .target(
            name: "Delivery",
            dependencies: [
                "SystemFiles", "SimTime", "CZlib", external("AsyncHTTPClient", "async-http-client"),
                external("NIOCore", "swift-nio"), external("NIOHTTP1", "swift-nio"),
                external("NIOPosix", "swift-nio"),
            ]),
        .target(
            name: "ControlAPI",
            dependencies: [
                "Simulation", "ScenarioSpec", "TailnetModel", "SimTime", "KeyedRandom", "ByteText",
            ]),
        .target(name: "LogStatistics", dependencies: ["LogFormats", "TailnetModel", "SimTime", "ByteText", "CZlib"]),

        // 9: folders, and the ground of our servers.
        .target(
            name: "Dataset",
            dependencies: [
                "ControlAPI", "Generation", "Scoring", "LogFormats", "Simulation", "ScenarioSpec", "IncidentCatalog",
                "Truth", "Compression", "TailnetModel", "SystemFiles", "SimTime", "KeyedRandom", "ByteText",
                external("Crypto", "swift-crypto"),
            ]),
        .target(
            name: "HTTPService",
            dependencies: [
                "CZlib", external("Hummingbird", "hummingbird"), external("NIOCore", "swift-nio"),
            ]),

        // 10: runs.
        .target(
            name: "Replay",
            dependencies: [
                "Dataset", "Delivery", "Generation", "Scoring", "LogFormats", "Truth", "TailnetModel", "SimTime",
                "KeyedRandom", external("Histogram", "hdrhistogram-swift"), external("NIOCore", "swift-nio"),
            ]),
        .target(name: "LiveScore", dependencies: ["Scoring", "Truth", "TailnetModel", "SimTime"]),
        .target(
            name: "Ingester",
            dependencies: [
                "LiveScore", "HTTPService", "Scoring", "Detections", "LogFormats", "Truth", "TailnetModel",
                "SimTime", "ByteText", external("Hummingbird", "hummingbird"), external("Logging", "swift-log"),
                external("NIOCore", "swift-nio"), external("ServiceLifecycle", "swift-service-lifecycle"),
            ]),
        .target(
            name: "MocktailFixtures",
            dependencies: [
                "Dataset", "Generation", "Scoring", "LogFormats", "Simulation", "ScenarioSpec", "IncidentCatalog",
                "Truth", "TailnetModel", "SimTime",
            ],
            resources: [.embedInCode("fixtures.yaml"), .embedInCode("fixtures.policy.hujson")]),

        // 11: the program.
        .target(
            name: "Commands",
            dependencies: [
                "Ingester", "LiveScore", "Replay", "Dataset", "LogStatistics", "Delivery", "Generation", "Scoring",
                "Detections", "Simulation", "ScenarioSpec", "IncidentCatalog", "TailnetPolicy", "Truth",
                "Compression", "TailnetModel", "SystemFiles", "SimTime", "ByteText",
                external("ArgumentParser", "swift-argument-parser"),
                external("UnixSignals", "swift-service-lifecycle"),
            ]),
        .executableTarget(name: "mocktail", dependencies: ["Commands"]),
        .executableTarget(
            name: "byte-check",
            dependencies: [
                "Dataset", "Generation", "Simulation", "ScenarioSpec", "SystemFiles", "SimTime",
            ]),
        .executableTarget(name: "policy-fuzz", dependencies: ["TailnetPolicy", "TailnetModel", "ByteText"]),

        // Tests mirror the sources one to one; ArchitectureTests compares them with this list.
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "ByteTextTests", dependencies: ["ByteText"]),
        .testTarget(name: "CommandsTests", dependencies: ["mocktail"]),
        .testTarget(name: "CompressionTests", dependencies: ["Compression"]),
        .testTarget(
            name: "DatasetTests",
            dependencies: [
                "TestSupport", "Dataset", "Generation", "LogFormats", "Simulation", "ScenarioSpec",
                "IncidentCatalog", "Truth", "Compression", "TailnetModel", "SimTime", "ByteText",
            ]),
        .testTarget(
            name: "DeliveryTests",
            dependencies: [
                "Delivery", "SimTime", "CZlib", external("NIOCore", "swift-nio"), external("NIOHTTP1", "swift-nio"),
                external("NIOPosix", "swift-nio"),
            ]),
        .testTarget(
            name: "GenerationTests",
            dependencies: [
                "Generation", "LogFormats", "Simulation", "ScenarioSpec", "TailnetModel", "SimTime",
            ]),
        .testTarget(
            name: "IngesterTests",
            dependencies: [
                "Ingester", "LiveScore", "HTTPService", "Scoring", "Detections", "Truth", "TailnetModel", "SimTime",
                "ByteText", "CZlib",
            ]),
        .testTarget(name: "KeyedRandomTests", dependencies: ["KeyedRandom"]),
        .testTarget(name: "LogFormatsTests", dependencies: ["LogFormats", "TailnetModel", "SimTime"]),
        .testTarget(
            name: "LogStatisticsTests",
            dependencies: [
                "LogStatistics", "Generation", "LogFormats", "Simulation", "ScenarioSpec", "TailnetModel", "SimTime",
                "KeyedRandom",
            ]),
        .testTarget(
            name: "MocktailFixturesTests",
            dependencies: [
                "MocktailFixtures", "Scoring", "Truth", "TailnetModel", "SimTime",
            ]),
        .testTarget(
            name: "ReplayTests",
            dependencies: [
                "TestSupport", "Ingester", "LiveScore", "Replay", "Dataset", "Delivery", "Generation", "Scoring",
                "Detections", "LogFormats", "Simulation", "ScenarioSpec", "IncidentCatalog", "Truth", "TailnetModel",
                "SimTime",
            ]),
        .testTarget(
            name: "ScenarioSpecTests",
            dependencies: [
                "ScenarioSpec", "TailnetPolicy", "TailnetModel", "SimTime", "ByteText", external("Yams", "Yams"),
            ]),
        .testTarget(name: "ScoringTests", dependencies: ["Scoring", "Truth", "TailnetModel", "SimTime", "ByteText"]),
        .testTarget(name: "SimTimeTests", dependencies: ["SimTime"]),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Generation", "LogFormats", "Simulation", "ScenarioSpec", "IncidentCatalog", "TailnetPolicy",
                "Truth", "TailnetModel", "SimTime", "KeyedRandom",
            ]),
        .testTarget(name: "TailnetModelTests", dependencies: ["Truth", "TailnetModel", "SimTime"]),
        .testTarget(
            name: "TailnetPolicyTests", dependencies: ["TailnetPolicy", "TailnetModel", "SimTime", "ByteText"]),
    ]
)

/// Modules whose uses of raw memory are not marked yet.
let unmarked: Set = [
    "ByteText", "Commands", "Compression", "Dataset", "Delivery", "Detections", "HTTPService", "Ingester",
    "LogStatistics", "Scoring", "SystemFiles", "Truth", "policy-fuzz",
]

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + strict
    let isProduct = target.type != .test && target.name != "TestSupport" && target.name != "CPrefetch"
    // Every use of raw memory is marked with `unsafe`; tests may use it as they like.
    if isProduct, !unmarked.contains(target.name) { target.swiftSettings?.append(.strictMemorySafety()) }
}
