using RnnGen.Benchmarks.Quick;

new QuickReport(
    ("limits", LimitsTable.Of),
    ("step", StepTable.Measure),
    ("sequences", SequenceTable.Measure),
    ("streams", StreamsTable.Measure),
    ("training", TrainingTable.Measure)).Run(path: null, args.FirstOrDefault() ?? "step");
