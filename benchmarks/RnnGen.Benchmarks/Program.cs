using RnnGen.Benchmarks.Quick;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

QuickReport.Run(Option("--out"), Option("--only"));
