using System.Globalization;
using System.Runtime.InteropServices;
using RnnGen;
using RnnGen.Benchmarks.Learning;
using RnnGen.Benchmarks.Learning.Characters;
using RnnGen.Benchmarks.Quick;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

int? seeds = Option("--seeds") is string text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
using TextWriter file = Option("--out") is string path ? new StreamWriter(path) { NewLine = "\n" } : TextWriter.Null;
string day = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
string machine = $"{Cpu.Name}, {Environment.ProcessorCount} processors; {RuntimeInformation.FrameworkDescription}; {Simd.Active}; {day}.";
if (args.Contains("--characters"))
{
    Write(machine);
    Write(CharactersTable.Measure(epochs: Option("--epochs") is string passes ? int.Parse(passes, CultureInfo.InvariantCulture) : 2));
    return;
}

LearningTask[] tasks = [.. LearningTasks.Available()];
if (Option("--only") is string only && (tasks = [.. tasks.Where(task => task.Name == only)]).Length == 0)
    throw new ArgumentException($"--only: expected {string.Join(", ", LearningTasks.Available().Select(task => task.Name))}, got {only}");

Write(machine);
Write("Means over seeds from 1. A difference is from the shuffle with the same seed and has its standard error. Seconds are processor time, medians.");
Write("");
foreach (LearningTask task in tasks)
{
    Write($"{task.Name}: {task.Description}; {seeds ?? task.Seeds} seeds");
    Write("");
    Write(OrdersTable.Measure(task, seeds ?? task.Seeds));
}

void Write(string line)
{
    Console.WriteLine(line);
    file.WriteLine(line);
    file.Flush();
}
