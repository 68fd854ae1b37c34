import SystemFiles
package import ScenarioSpec

/// The fixtures of one run in the folder that holds them all; one run at a time writes to it.
package final class FixtureSet {
    private let path: String
    private let force: Bool
    /// Two runs would mix their folders, such as a history of one and variants of the other.
    private let reservation: ReservedFolder

    /// Takes the folder, and checks all fixtures before the first is written.
    ///
    /// - Parameters:
    ///   - path: the folder; made where it is missing.
    ///   - fixtures: all that the run writes.
    ///   - force: whether to replace the files of an earlier run.
    /// - Throws: `RunError` where another run writes to the folder, or a fixture cannot be written.
    package init(at path: String, _ fixtures: [FixtureFolder], force: Bool) throws(RunError) {
        self.path = path
        self.force = force
        do { reservation = try ReservedFolder(path) } catch { throw RunError(error) }
        for fixture in fixtures { try fixture.check(in: path, force: force) }
    }

    /// Writes a fixture.
    ///
    /// - Parameter plan: the scenario with the fixture's injections, and nothing else, injected.
    package func write(_ fixture: FixtureFolder, _ plan: Plan) async throws -> GeneratedFolder.Summary {
        try await fixture.write(plan, to: path, force: force)
    }
}
