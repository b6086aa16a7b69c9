using System.Diagnostics;
using System.Globalization;

namespace RnnGen.Benchmarks.Quick;

/// <summary>This program once more, in a process of its own that prints one line of numbers.</summary>
internal static class ChildProcess
{
    /// <summary>Starts a child, waits for its end and reads its numbers.</summary>
    /// <param name="environment">Variables to set for it.</param>
    /// <param name="arguments">Its command line.</param>
    public static double[] Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        string program = typeof(ChildProcess).Assembly.Location;
        if (!Path.GetFileNameWithoutExtension(start.FileName).Equals(Path.GetFileNameWithoutExtension(program), StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(program); // Started by `dotnet`, not by the program's own host.
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        string line = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return [.. line.Split(' ').Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
    }

    /// <summary>Prints what <see cref="Run"/> reads.</summary>
    public static void Answer(IEnumerable<double> numbers) =>
        Console.WriteLine(string.Join(' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))));
}
