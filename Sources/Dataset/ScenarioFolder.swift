import FoundationEssentials
package import ScenarioSpec

/// Writes a copy of a scenario to a folder, for its user to edit.
package enum ScenarioFolder {
    /// Writes the files of a copy; if one cannot be written, removes again those that are new.
    ///
    /// - Parameters:
    ///   - copy: The scenario's file and its policy files.
    ///   - folder: Where to; it is made if it does not exist. nil for the folder where the program runs.
    ///   - force: Whether files that exist are replaced.
    /// - Returns: The paths that were written.
    /// - Throws: `RunError` if a file exists, or cannot be written.
    package static func write(
        _ copy: ScenarioCopy, to folder: String?, force: Bool
    ) throws(RunError) -> [String] {
        let manager = FileManager.default
        let prefix = folder.map { $0.hasSuffix("/") ? $0 : "\($0)/" } ?? ""
        let files = copy.files.map { (path: prefix + $0.name, text: $0.text) }
        let existing = files.map(\.path).filter { manager.fileExists(atPath: $0) }
        guard force || existing.isEmpty else {
            let verb = existing.count == 1 ? "exists" : "exist"
            throw RunError(
                .input, "\(existing.joined(separator: ", ")): \(verb) already; choose another name, or give --force")
        }
        if let folder {
            do { try manager.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
                throw RunError(.run, "cannot create the folder \(folder); check that the folder above it is writable")
            }
        }
        var written: [String] = []
        for (path, text) in files {
            do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
                for path in written where !existing.contains(path) { try? manager.removeItem(atPath: path) }
                throw RunError(.run, "cannot write \(path); check that its folder is writable")
            }
            written.append(path)
        }
        return written
    }
}
