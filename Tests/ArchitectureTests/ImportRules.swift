/// Checks of who imports whom; each takes what it judges as values and returns what is wrong, one sentence each.
enum ImportRules {
    /// Modules that come with the compiler or the system, and so have no place in the manifest.
    static let system: Set<String> = [
        "Swift", "Synchronization", "Foundation", "FoundationEssentials", "FoundationNetworking", "Glibc", "Musl",
        "Darwin", "Dispatch", "Testing", "PackageDescription", "Benchmark",
    ]

    /// Products whose module has another name.
    static let moduleOfProduct: [String: String] = [:]

    /// Dependencies that nobody imports, with the reason.
    static let silentDependencies: [String: String] = [
        "CommandsTests mocktail": "the tests run the program, which has to be built for that"
    ]

    /// An import without a dependency in the manifest, or a dependency without an import.
    static func manifestProblems(_ manifest: Manifest, _ files: [SourceFile]) -> [String] {
        var problems: [String] = []
        var imported: [String: Set<String>] = [:]
        let targets = Dictionary(uniqueKeysWithValues: manifest.targets.map { ($0.name, $0) })
        for file in files {
            guard let target = targets[file.target] else {
                problems.append("\(file.path): Package.swift has no target \(file.target)")
                continue
            }
            let known = Set(target.dependencies.map { moduleOfProduct[$0] ?? $0 })
            for found in file.imports where !system.contains(found.module) {
                imported[target.name, default: []].insert(found.module)
                if !known.contains(found.module) {
                    problems.append(
                        "\(file.path):\(found.line) imports \(found.module), which Package.swift does not name for "
                            + target.name)
                }
            }
        }
        for target in manifest.targets {
            for name in target.dependencies {
                let isSilent = silentDependencies["\(target.name) \(name)"] != nil
                let isImported = imported[target.name]?.contains(moduleOfProduct[name] ?? name) == true
                if isImported == isSilent {
                    problems.append(
                        isSilent
                            ? "\(target.name) imports \(name); take it off the list of dependencies without an import"
                            : "Package.swift: \(target.name) depends on \(name), which no file of it imports")
                }
            }
        }
        return problems
    }

    /// An import that runs up: to a module of a higher layer, to the same row or a later row of the same layer.
    static func layerProblems(_ table: LayerTable, _ files: [SourceFile]) -> [String] {
        let positions = table.positions
        return files.flatMap { file -> [String] in
            guard let own = positions[file.target] else {
                return ["\(file.path): Docs/Architecture.md has no row for \(file.target)"]
            }
            return file.imports.compactMap { found in
                guard let other = positions[found.module], other >= own else { return nil }
                return "\(file.path):\(found.line) imports \(found.module), which is not below \(file.target)"
            }
        }
    }

    /// A module of the table without a folder, a folder without a row, or another order in the manifest.
    static func tableProblems(_ table: LayerTable, folders: [String], _ manifest: Manifest) -> [String] {
        var problems: [String] = []
        for name in table.modules where table.modules.count(where: { $0 == name }) > 1 {
            problems.append("Docs/Architecture.md names \(name) twice")
        }
        for name in table.modules where !folders.contains(name) {
            problems.append("Docs/Architecture.md names \(name); there is no Sources/\(name)")
        }
        for name in folders where !table.modules.contains(name) {
            problems.append("Docs/Architecture.md has no row for Sources/\(name)")
        }
        for (above, below) in zip(table.rows, table.rows.dropFirst()) where above.layer > below.layer {
            problems.append("Docs/Architecture.md: layer \(below.layer) comes after layer \(above.layer)")
        }
        let order = manifest.targets.filter { folders.contains($0.name) }.map(\.name)
        let wanted = table.modules.filter(order.contains)
        if let (found, expected) = zip(order, wanted).first(where: { $0 != $1 }) {
            problems.append("Package.swift names \(found) where the table of Docs/Architecture.md names \(expected)")
        }
        return problems
    }
}
