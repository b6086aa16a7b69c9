using System.Diagnostics;

namespace RnnGen.Tests.Training;

/// <summary>Training in a process that is killed again and again, at any moment, and started again each time.</summary>
public sealed class KilledTrainingTests : IDisposable
{
    private const int Kills = 24;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-killed-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_run_that_is_killed_many_times_ends_with_the_bits_of_one_that_is_not()
    {
        string folder = _folder.CreateSubdirectory("whole").FullName;
        CheckpointedRun.Train(folder, checkpoint: null);
        string[] expected = File.ReadAllLines(CheckpointedRun.ResultIn(folder));

        var random = new Random(1);
        int runs = 0;
        int duringWrites = 0;
        folder = NewRun(ref runs);
        for (int kills = 0; kills < Kills;)
        {
            bool killed = RunAndKill(folder, random, duringWrite: kills % 3 == 0);
            duringWrites += killed && Leftovers(folder).Length > 0 ? 1 : 0;
            kills += killed ? 1 : 0;
            if (killed)
                continue;
            Assert.Equal(expected, File.ReadAllLines(CheckpointedRun.ResultIn(folder))); // it came to its end in between
            folder = NewRun(ref runs);
        }

        Assert.True(duringWrites > 0, $"expected some of {Kills} kills during a write, got none");
        using Process last = Start(folder);
        Assert.True(last.WaitForExit(Limit), $"the run did not end within {Limit}");
        Assert.Equal(0, last.ExitCode);
        Assert.Equal(expected, File.ReadAllLines(CheckpointedRun.ResultIn(folder)));
        Assert.Empty(Leftovers(folder));
    }

    /// <summary>Whether it was killed; otherwise it came to its end.</summary>
    private static bool RunAndKill(string folder, Random random, bool duringWrite)
    {
        string checkpoint = CheckpointedRun.CheckpointIn(folder);
        DateTime before = File.GetLastWriteTimeUtc(checkpoint);
        HashSet<string> old = [.. Leftovers(folder)];
        int delay = random.Next(40);
        using Process process = Start(folder);

        // The time that a process takes to start is not of interest: the clock runs from its first sign of life.
        while (!process.HasExited && File.GetLastWriteTimeUtc(checkpoint) == before)
            Thread.Sleep(1);
        if (duringWrite)
        {
            while (!process.HasExited && Leftovers(folder).All(old.Contains))
                Thread.SpinWait(100);
        }
        else
        {
            process.WaitForExit(delay);
        }

        process.Kill(); // SIGKILL where there are signals
        Assert.True(process.WaitForExit(Limit), $"the process lived on for {Limit}");
        if (File.Exists(CheckpointedRun.ResultIn(folder)) && process.ExitCode == 0)
            return false;
        Assert.True(process.ExitCode is 137 or -1, $"expected a killed process, got exit code {process.ExitCode}");
        return true;
    }

    private static Process Start(string folder) => Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
    {
        WorkingDirectory = folder,
        ArgumentList = { "exec", typeof(CheckpointedRun).Assembly.Location, CheckpointedRun.Argument, folder },
    })!;

    private static string[] Leftovers(string folder) => Directory.GetFiles(folder, "*.tmp");

    private string NewRun(ref int runs) => _folder.CreateSubdirectory($"run{++runs}").FullName;
}
