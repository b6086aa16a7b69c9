using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Running;
using RnnGen.Benchmarks.Quick;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

if (args.Contains("--quick"))
    QuickReport.Run(Option("--out"), Option("--only"));
else if (args.Length > 0)
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
        args,
        DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default).AddColumn(StatisticColumn.Min, StatisticColumn.Median));
else
    Console.WriteLine("""
        What there is to measure; say it after `--`:
          --quick                    the main tables in about two minutes: limits of this machine, steps, training, the generator
          --quick --only step        one of them: limits, step, training or generator
          --quick --out FILE         also into a file
          --filter '*LstmStep*'      BenchmarkDotNet: LstmStep, GruStep, RnnStep, SequenceRun, Training; '*' for all of them
        The instruction set is the machine's best; DOTNET_EnableAVX512=0 or DOTNET_EnableAVX2=0 in the environment takes the next.
        """);
