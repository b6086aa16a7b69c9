using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints a network's public members: its state, constants, weights, and what the other <c>…Surface</c> classes print.</summary>
internal static class SurfaceEmitter
{
    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        HeaderEmitter.Emit(writer, plan);
        writer.Line(GeneratedCode);
        string self = TypeScope.ClassOf(plan.Spec);
        string passes = plan.Spec.Training ? $", {InRuntime}ITapePasses" : "";
        using (writer.Block($"partial class {self} : global::RnnGen.INetwork<{self}>, {InRuntime}IBatchRuns{passes}"))
        {
            StateTypeEmitter.Emit(writer, plan);
            Constants(writer, plan, self);
            if (plan.Spec.NamesOutputs)
                OutputSurface.Emit(writer, plan);
            Construction(writer, plan);
            Loading(writer, self);
            if (plan.Spec.Weights is { } weights)
                DefaultWeights(writer, weights, self);
            Files(writer, plan);
            StateSurface.Emit(writer, plan);
            RunSurface.Emit(writer, plan);
            TrainingSurface.Emit(writer, plan, self);
            DispatchEmitter.Emit(writer, plan);
        }
    }

    private static void Constants(CodeWriter writer, NetworkPlan plan, string self) => writer.Lines(
        $$"""
        /// <summary>{{(plan.Spec.OneHot ? "Input classes" : "Features per time step")}}.</summary>
        public const int InputSize = {{N(plan.Spec.InputSize)}};

        /// <summary>Outputs per {{(plan.ManyToOne ? "sequence" : "time step")}}.</summary>
        public const int OutputSize = {{N(plan.OutputSize)}};

        /// <summary>Floats of hidden state per stream: {{StateText.Order(plan)}}.</summary>
        public const int StateSize = {{N(plan.Sizes.State)}};

        /// <summary>Trainable values.</summary>
        public const int ParameterCount = {{N(plan.Sizes.Parameters)}};

        private readonly {{InRuntime}}NetworkMemory _memory = new(MemoryLayout, typeof({{self}}));

        static int global::RnnGen.INetwork<{{self}}>.InputSize => InputSize;

        static int global::RnnGen.INetwork<{{self}}>.OutputSize => OutputSize;

        static int global::RnnGen.INetwork<{{self}}>.StateSize => StateSize;

        static int global::RnnGen.INetwork<{{self}}>.ParameterCount => ParameterCount;

        static {{InRuntime}}NetworkLayout {{InRuntime}}IGeneratedNetwork<{{self}}>.Layout => MemoryLayout;

        {{InRuntime}}NetworkMemory {{InRuntime}}IGeneratedNetwork<{{self}}>.Memory => _memory;

        static {{self}} global::RnnGen.INetwork<{{self}}>.Create(long seed) => new {{self}}(seed);

        """);

    private static void Construction(CodeWriter writer, NetworkPlan plan) => writer.Lines(
        $$"""
        /// <summary>Creates a network with random weights. The same seed gives the same bits on every machine.</summary>
        public {{plan.Spec.ClassName}}(long seed){{Initialize(plan)}}

        private {{plan.Spec.ClassName}}()
        {
        }

        """);

    /// <summary>Weights are drawn; then the cells of users set those that they want otherwise.</summary>
    private static string Initialize(NetworkPlan plan)
    {
        const string Draw = "_memory.Initialize(seed);";
        var cells = plan.Spec.Layers.Where(layer => layer.Cell?.Construction is not null)
            .Select(layer => $"    {InRuntime}CellInitialization.Run({layer.Cell!.Construction}, Parameters, \"{layer.Name}.\");")
            .ToList();
        return cells.Count == 0 ? $" => {Draw}" : string.Join("\n", ["", "{", $"    {Draw}", .. cells, "}"]);
    }

    private static void Loading(CodeWriter writer, string self)
    {
        (string Type, string Name)[] sources =
            [("string", "path"), ("global::System.IO.Stream", "stream"), ("global::System.ReadOnlySpan<byte>", "safetensors")];
        foreach (var (type, name) in sources)
        {
            string summary = name == "path"
                ? """
                /// <summary>Loads a network with the weights of a safetensors file.</summary>
                /// <exception cref="global::System.FormatException">
                /// The file is damaged, does not fit this network, or belongs to a network that computes something else. The message says what is wrong.
                /// </exception>
                """
                : "/// <inheritdoc cref=\"Load(string)\"/>";
            Load(writer, summary, self, $"{type} {name}", name);
        }

        foreach (var (type, name) in sources)
            Load(writer, "/// <inheritdoc cref=\"Load(string)\"/>", self, $"{type} {name}, global::RnnGen.LoadOptions options", $"{name}, options");
    }

    private static void Load(CodeWriter writer, string summary, string self, string parameters, string arguments) => writer.Lines(summary).Lines(
        $$"""
        public static {{self}} Load({{parameters}})
        {
            {{self}} network = new();
            network._memory.Load({{arguments}});
            return network;
        }

        """);

    private static void DefaultWeights(CodeWriter writer, string weights, string self) => writer.Lines(
        $$"""
        /// <summary>Creates a network with the weights of {{weights}}, which are embedded in this assembly.</summary>
        public static {{self}} CreateDefault()
        {
            {{self}} network = new();
            network._memory.LoadEmbedded(typeof({{self}}).Assembly, {{SymbolDisplay.FormatLiteral(weights, quote: true)}});
            return network;
        }

        """);

    private static void Files(CodeWriter writer, NetworkPlan plan) => writer.Lines(
        $$"""
        /// <inheritdoc cref="global::RnnGen.INetwork{TSelf}.Save(string)"/>
        public void Save(string path) => _memory.Save(path);

        /// <summary>Writes the weights as safetensors.</summary>
        public void Save(global::System.IO.Stream stream) => _memory.Save(stream);

        /// <summary>The parameters by name and in order, in canonical (PyTorch) layout.</summary>
        public global::RnnGen.ParameterCollection Parameters => _memory.Parameters;

        /// <summary>A table of the layers with output sizes, parameters and multiply-adds, and the bytes of weights and state.</summary>
        public string Summary() => _memory.Summary();
        {{(plan.Spec.DescribesItself ? "" : "\n/// <inheritdoc/>\npublic override string ToString() => _memory.ToString();")}}

        /// <summary>Releases the memory; every later use throws <see cref="global::System.ObjectDisposedException"/>.</summary>
        public void Dispose() => _memory.Dispose();

        """);
}
