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
        .executable(name: "mocktail-core", targets: ["mocktail-core"]),
        // Labelled logs for the tests of rules, from Swift.
        .library(name: "MocktailFixtures", targets: ["MocktailFixtures", "Scoring", "TailnetModel", "SimTime"]),
        // What Benchmarks measures.
        .library(
            name: "MocktailEngine",
            targets: [
                "Assembly", "Simulation", "LogFormats", "ScenarioSpec", "TailnetPolicy", "TailnetModel", "ByteText",
                "SimTime", "Gzip",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
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
        // Leaves.
        .target(name: "CPrefetch"),
        .target(name: "ByteText"),
        .target(name: "Chance", dependencies: ["CPrefetch"]),
        .target(name: "SimTime"),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        .target(name: "Gzip", dependencies: ["CZlib"]),

        // The tailnet, its policy, its life, its records: everything between seed and byte.
        .target(name: "TailnetModel", dependencies: ["SimTime"]),
        .target(name: "TailnetPolicy", dependencies: ["TailnetModel", "ByteText"]),
        .target(
            name: "ScenarioSpec",
            dependencies: [
                "TailnetPolicy", "TailnetModel", "ByteText", "Chance", "SimTime", external("Yams", "Yams"),
            ]),
        .target(
            name: "Simulation",
            dependencies: [
                "ScenarioSpec", "TailnetPolicy", "TailnetModel", "ByteText", "Chance", "SimTime", "CPrefetch",
            ]),
        .target(name: "LogFormats", dependencies: ["TailnetModel", "ByteText", "SimTime", "CPrefetch"]),

        .target(
            name: "Assembly",
            dependencies: [
                "LogFormats", "Simulation", "ScenarioSpec", "TailnetModel", "ByteText", "SimTime",
            ]),

        // What records look like as a whole: not between seed and byte.
        .target(name: "Survey", dependencies: ["LogFormats", "TailnetModel", "ByteText", "SimTime", "CZlib"]),

        .target(
            name: "Folders",
            dependencies: [
                "Assembly", "Scoring", "Simulation", "LogFormats", "ScenarioSpec", "TailnetModel", "ByteText", "Chance",
                "SimTime", "Gzip",
                external("Crypto", "swift-crypto"),
            ]),

        // The scenario of `mocktail fixtures` is in the binary, so that a test needs no files.
        .target(
            name: "MocktailFixtures",
            dependencies: [
                "Folders", "Assembly", "Scoring", "Simulation", "LogFormats", "ScenarioSpec", "TailnetModel", "SimTime",
            ],
            resources: [.embedInCode("fixtures.yaml"), .embedInCode("fixtures.policy.hujson")]),

        // What happens to the bytes.
        .target(name: "Scoring", dependencies: ["TailnetModel", "ByteText", "SimTime"]),
        .target(
            name: "Delivery",
            dependencies: [
                "SimTime", "CZlib",
                external("AsyncHTTPClient", "async-http-client"),
                external("NIOCore", "swift-nio"),
                external("NIOPosix", "swift-nio"),
                external("NIOHTTP1", "swift-nio"),
            ]),
        .target(
            name: "LoadTest",
            dependencies: ["Delivery", "SimTime", external("Histogram", "hdrhistogram-swift")]),
        .target(
            name: "Runs",
            dependencies: [
                "Folders", "Assembly", "LoadTest", "Delivery", "Scoring", "LogFormats", "Simulation", "ScenarioSpec",
                "TailnetModel", "Chance", "SimTime", "Gzip",
                external("NIOCore", "swift-nio"),
            ]),
        .target(
            name: "Ingester",
            dependencies: [
                "LogFormats", "Scoring", "TailnetModel", "ByteText", "SimTime", "CZlib",
                external("Hummingbird", "hummingbird"),
                external("HummingbirdCore", "hummingbird"),
                external("HTTPTypes", "swift-http-types"),
                external("ServiceLifecycle", "swift-service-lifecycle"),
                external("NIOCore", "swift-nio"),
                external("Logging", "swift-log"),
            ]),

        // The shell.
        .target(
            name: "Commands",
            dependencies: [
                "Runs", "Survey", "Folders", "Assembly", "Ingester", "LoadTest", "Delivery", "Scoring", "LogFormats",
                "Simulation", "ScenarioSpec", "Gzip",
                "TailnetPolicy", "TailnetModel", "ByteText", "SimTime",
                external("ArgumentParser", "swift-argument-parser"),
                external("UnixSignals", "swift-service-lifecycle"),
            ]),
        .executableTarget(name: "mocktail", dependencies: ["Commands"]),
        .executableTarget(
            name: "mocktail-core",
            dependencies: ["Folders", "Assembly", "Simulation", "ScenarioSpec", "SimTime"]),
        // Not a product: what Scripts/fuzz-policy runs.
        .executableTarget(name: "policy-fuzz", dependencies: ["TailnetPolicy", "TailnetModel", "ByteText", "SimTime"]),

        // Tests mirror the sources one to one; ArchitectureTests reads them.
        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "ByteTextTests", dependencies: ["ByteText", "SimTime", "TailnetModel"]),
        .testTarget(name: "ChanceTests", dependencies: ["Chance"]),
        .testTarget(name: "SimTimeTests", dependencies: ["SimTime"]),
        .testTarget(name: "TailnetModelTests", dependencies: ["TailnetModel", "SimTime"]),
        .testTarget(
            name: "TailnetPolicyTests", dependencies: ["TailnetPolicy", "TailnetModel", "ByteText", "SimTime"]),
        .testTarget(
            name: "ScenarioSpecTests",
            dependencies: [
                "ScenarioSpec", "TailnetPolicy", "TailnetModel", "ByteText", "SimTime", external("Yams", "Yams"),
            ]),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Simulation", "Assembly", "ScenarioSpec", "LogFormats", "TailnetPolicy", "TailnetModel", "ByteText",
                "Chance", "SimTime",
            ]),
        .testTarget(name: "LogFormatsTests", dependencies: ["LogFormats", "TailnetModel", "ByteText", "SimTime"]),
        .testTarget(name: "ScoringTests", dependencies: ["Scoring", "TailnetModel", "ByteText", "SimTime"]),
        .testTarget(
            name: "DeliveryTests",
            dependencies: [
                "Delivery", "SimTime", "CZlib",
                external("NIOCore", "swift-nio"), external("NIOPosix", "swift-nio"), external("NIOHTTP1", "swift-nio"),
            ]),
        .testTarget(name: "LoadTestTests", dependencies: ["LoadTest", "Delivery", "SimTime"]),
        .testTarget(
            name: "IngesterTests",
            dependencies: ["Ingester", "LogFormats", "Scoring", "TailnetModel", "ByteText", "SimTime", "CZlib"]),
        .testTarget(name: "CommandsTests", dependencies: ["mocktail"]),
        .testTarget(name: "GzipTests", dependencies: ["Gzip"]),
        .testTarget(
            name: "SurveyTests",
            dependencies: [
                "Survey", "Assembly", "Simulation", "ScenarioSpec", "LogFormats", "TailnetModel", "ByteText", "Chance",
                "SimTime",
            ]),
        .testTarget(
            name: "AssemblyTests",
            dependencies: ["Assembly", "Simulation", "ScenarioSpec", "LogFormats", "TailnetModel", "SimTime"]),
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(
            name: "FoldersTests",
            dependencies: [
                "Folders", "Assembly", "Gzip", "Simulation", "ScenarioSpec", "LogFormats", "TailnetModel", "ByteText",
                "SimTime", "TestSupport",
            ]),
        .testTarget(
            name: "MocktailFixturesTests", dependencies: ["MocktailFixtures", "Scoring", "TailnetModel", "SimTime"]),
        .testTarget(
            name: "RunsTests",
            dependencies: [
                "Runs", "Folders", "Assembly", "Ingester", "Simulation", "ScenarioSpec", "Scoring", "Delivery",
                "LoadTest", "LogFormats", "TailnetModel", "SimTime", "TestSupport",
            ]),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + strict
}
