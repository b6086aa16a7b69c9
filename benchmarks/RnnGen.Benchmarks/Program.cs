using RnnGen.Benchmarks.Benchmarks;
using RnnGen.Benchmarks.Quick;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

if (Option(StartupTable.ChildOption) is string started)
    StartupProbe.Run(started);
else if (args.Contains(ModesTable.ChildOption))
    ModesTable.Answer();
else if (Option("--chart") is string report)
    File.WriteAllText(Option("--out") ?? "step.svg", StepChart.Of(File.ReadAllText(report), Option("--caption") ?? ""));
else if (args.Contains("--quick"))
    new QuickReport(
        ("limits", LimitsTable.Of),
        ("step", StepTable.Measure),
        ("small", SmallTable.Measure),
        ("modes", _ => ModesTable.Measure()),
        ("sequences", SequenceTable.Measure),
        ("streams", StreamsTable.Measure),
        ("precision", PrecisionTable.Measure),
        ("published", PrecisionTable.MeasurePublished),
        ("determinism", DeterminismTable.Measure),
        ("training", TrainingTable.Measure),
        ("threads", ThreadsTable.Measure),
        ("startup", _ => StartupTable.Measure()),
        ("generator", _ => GeneratorTable.Measure())) { OnDemand = ["modes"] }.Run(Option("--out"), Option("--only"));
else if (args.Length > 0)
    FullRun.Run(args);
else
    Console.WriteLine("""
        What there is to measure; say it after `--`:
          --quick                    the main tables, in two minutes
          --quick --only step        one of them: limits, step, small, modes, sequences, streams, precision, published, determinism, training, threads, startup or generator
          --quick --out FILE         also into a file
          --chart REPORT --out FILE  draws the table of steps of such a file as an SVG; --caption TEXT names the machine
          --filter '*.Step.*'        BenchmarkDotNet: Step, Sequence, Training; '*' for all of them
        Before `--`, -p:Peers=all puts ONNX Runtime and TorchSharp (large downloads) beside the generated networks; -p:Peers=onnx or =torch one of them.
        The instruction set is the machine's best; DOTNET_EnableAVX512=0 or DOTNET_EnableAVX2=0 in the environment takes the next.
        Under NativeAOT: ../RnnGen.Benchmarks.Aot, see ../README.md.
        """);
