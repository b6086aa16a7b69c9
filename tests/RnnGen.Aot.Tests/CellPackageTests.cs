using System.Globalization;

namespace RnnGen.Aot.Tests;

/// <summary>Cells in packages: a project that refers to the package of cells alone has the generator, and the equations are those of the package that it has now.</summary>
[Collection(AotCollection.Libraries)]
public sealed class CellPackageTests
{
    private const string Body = "<PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>";
    private const double Tolerance = 2e-6;

    /// <summary>Compares a network with the same equations run as C#, before and after an update, and says what came of it in lines.</summary>
    private const string TrainingProgram = """
        main.cs
        using System;
        using System.Linq;
        using RnnGen;
        using RnnGen.Cells;
        using RnnGen.Training;

        using var net = new Net(seed: 1);
        float[] frames = [.. Enumerable.Range(0, 7 * Net.InputSize).Select(i => MathF.Sin(i))], outputs = new float[7 * Net.OutputSize];
        Compare();
        using var trainer = new Trainer<Net>(net, new TrainerOptions { Optimizer = new Adam(0.01f), Loss = Loss.MeanSquaredError, BatchSize = 1 });
        var batch = SequenceBatch.FromTimeMajor(frames, 7, 1, Net.InputSize);
        float[] targets = [.. outputs.Select((_, i) => MathF.Cos(i))];
        Console.WriteLine(trainer.Update(batch, targets));
        Console.WriteLine(trainer.Update(batch, targets));
        Compare();

        void Compare()
        {
            net.Predict(frames, outputs);
            double[] expected = [.. CellReference.Run(new MguAttribute(8), net.Parameters, frames).Outputs.SelectMany(step => step)];
            Console.WriteLine(expected.Zip(outputs, (e, o) => Math.Abs(e - o)).Max() / expected.Max(Math.Abs));
        }

        [Network(3)]
        [Mgu(8)]
        public sealed partial class Net;
        """;

    /// <summary>What a stranger writes, whose package says nothing of analysers.</summary>
    private const string Cell = """
        using RnnGen;
        using static RnnGen.Equations;

        namespace Their;

        public sealed class BlendAttribute(int units) : CellAttribute(units)
        {
            public float Rate { get; set; } = 0.5f;

            protected override void Define(Vector x)
            {
                Vector h = State("h");
                Next(h, Rate * h + (1 - Rate) * Tanh(Gate("n", x, h)));
            }
        }
        """;

    /// <summary>Says what the network computes, how far that is from the equations as C#, and whether it takes a file of weights, which it writes if there is none.</summary>
    private const string LoadingProgram = """
        main.cs
        using System;
        using System.IO;
        using System.Linq;
        using RnnGen;
        using Their;

        using var net = new Net(seed: 1);
        float[] frames = [.. Enumerable.Range(0, 7 * Net.InputSize).Select(i => MathF.Sin(i))], outputs = new float[7 * Net.OutputSize];
        net.Predict(frames, outputs);
        double[] expected = [.. CellReference.Run(new BlendAttribute(8) { Rate = 0.75f }, net.Parameters, frames).Outputs.SelectMany(step => step)];
        Console.WriteLine(expected.Zip(outputs, (e, o) => Math.Abs(e - o)).Max() / expected.Max(Math.Abs));
        Console.WriteLine(outputs.Sum());
        if (!File.Exists(args[0]))
            net.Save(args[0]);
        try
        {
            Net.Load(args[0]).Dispose();
            Console.WriteLine("taken");
        }
        catch (FormatException problem)
        {
            Console.WriteLine(problem.Message);
        }

        [Network(3)]
        [Blend(8, Rate = 0.75f)]
        public sealed partial class Net;
        """;

    [SkippableFact]
    public void A_project_that_refers_to_the_package_of_cells_alone_has_all_that_a_network_needs()
    {
        OutsideProject project = new OutsideProject("outside.csproj", Body, TrainingProgram).ReferToCells();
        project.Run("build").Succeeded();

        double[] lines = [.. Lines(project).Select(Number)];
        Assert.InRange(lines[0], 0, Tolerance);
        Assert.InRange(lines[2], double.Epsilon, lines[1] * 0.999);
        Assert.InRange(lines[3], 0, Tolerance);
    }

    [SkippableFact]
    public void A_package_whose_equations_change_changes_networks_and_refuses_their_old_weights()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        var cells = new OutsideProject("their.csproj", "<PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>", "cell.cs\n" + Cell);
        cells.PackAs("1.0.0");
        var project = new OutsideProject("outside.csproj", Body, LoadingProgram);
        string weights = Path.Combine(project.Folder, "net.safetensors");
        project.ReferTo("their", "1.0.0").Run("build").Succeeded();
        string[] before = Lines(project, weights);

        cells.Write("cell.cs", Cell.Replace("Tanh(", "Sin(", StringComparison.Ordinal));
        cells.PackAs("1.0.1");
        project.ReferTo("their", "1.0.1").Run("build").Succeeded();
        string[] after = Lines(project, weights);

        Assert.InRange(Number(before[0]), 0, Tolerance);
        Assert.InRange(Number(after[0]), 0, Tolerance);
        Assert.InRange(Math.Abs(Number(before[1]) - Number(after[1])), 1e-3, 1e3);
        Assert.Equal("taken", before[2]);
        Assert.Contains("weights of a network that computes something else: expected Blend(", after[2], StringComparison.Ordinal);
    }

    private static string[] Lines(OutsideProject project, params string[] arguments) => project.Start(arguments).Succeeded().Output.TrimEnd('\n').Split('\n');

    private static double Number(string line) => double.Parse(line, CultureInfo.InvariantCulture);
}
