import IncidentCatalog
import Truth
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel

/// An incident with what its script wrote down.
struct IncidentFacts: Sendable {
    var incident: PlannedIncident
    var key: RandomKey
    var bursts: [Burst]
    var events: [AdminEvent]
    var stages: [IncidentStage]
    var hidden: [(node: Int?, peer: Int?, window: TimeWindow)]
    var moved: [(node: Int, window: TimeWindow)]
    var policyEdits: [(time: Instant, text: String)]
    var inventory: [InventoryChange]
    /// What the tailnet has when the story begins.
    var objects: TailnetObjects
    var actors: [IncidentParty]
    var targets: [IncidentParty]

    /// Runs the script of an incident's kind.
    init(_ incident: PlannedIncident, key: RandomKey, world: ScriptStage) throws(SimulationError) {
        self.incident = incident
        self.key = key
        var script = IncidentScript(world: world, incident: incident, key: key)
        try IncidentScripts.run(&script)
        bursts = script.bursts
        events = script.events.sorted { $0.time < $1.time }
        stages =
            script.stages.isEmpty
            ? incident.kind.stages.map {
                IncidentStage(name: $0.name, start: incident.window.start, end: incident.window.end, attack: $0.attack)
            } : script.stages
        hidden = script.hidden
        moved = script.moved
        policyEdits = script.policyEdits
        inventory = script.inventory
        objects = script.objects
        actors = script.actors
        targets = script.targets
    }
}
