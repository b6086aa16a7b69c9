using System.Text;

namespace RnnGen.Formats.C;

/// <summary>
/// Writes a network as one C99 file with its weights: plain loops in single precision, a state that the caller owns, no heap, nothing but the C library. For
/// microcontrollers without .NET, and to read.
/// </summary>
internal sealed class CWriter : ModelWriter
{
    public override string Key => "c";

    public override string Name => "C99";

    public override string Extension => ".c";

    public override void Write(ModelDescription model, Stream stream)
    {
        var text = new CText();
        IReadOnlyList<string> outputs = new CLayers(model, text).Write();
        string prefix = CText.Name(model.Name).ToLowerInvariant();
        string input = model.IsOneHot ? $"int input /* a class, 0 to {model.InputSize - 1} */" : $"const float input[{model.InputSize}]";
        var file = new StringBuilder();
        file.Append($"""
            /*
             * A recurrent network, written by RnnGen. C99, no heap, no other file. With {prefix.ToUpperInvariant()}_DECLARATIONS_ONLY
             * defined, another file includes this one as a header.
             *
             *     {prefix}_state state;
             *     {prefix}_reset(&state);                  before each sequence
             *     {prefix}_step(&state, input, output);    each time step: {model.InputSize} {(model.IsOneHot ? "classes" : "values")} in, {model.OutputSize} out
             *
            {(model.IsPerSequence ? " * The output after a sequence's last step is the sequence's.\n" : "")} * Weights: {model.Tensors.Sum(tensor => (long)tensor.Values.Length) * sizeof(float)} bytes.
             */

            """);
        string state = text.Fields.Length > 0 ? text.Fields : "    char none; /* this network keeps no state */\n";
        string[] functions = [.. text.Functions.Called];
        file.Append($"\ntypedef struct {{\n{state}}} {prefix}_state;\n\n");
        file.Append($"void {prefix}_reset({prefix}_state *state);\nvoid {prefix}_step({prefix}_state *state, {input}, float output[{model.OutputSize}]);\n\n");
        if (text.Functions.NeedsMath)
            file.Append("#include <math.h>\n\n");
        file.Append($"#ifndef {prefix.ToUpperInvariant()}_DECLARATIONS_ONLY\n\n");
        file.Append(text.Constants).AppendJoin("\n\n", functions).Append("\n\n");
        file.Append($"void {prefix}_reset({prefix}_state *state)\n{{\n{(text.Reset.Length > 0 ? text.Reset : "    state->none = 0;\n")}}}\n\n");
        file.Append($"void {prefix}_step({prefix}_state *state, {input}, float output[{model.OutputSize}])\n{{\n");
        if (text.Fields.Length == 0)
            file.Append("    (void)state;\n");
        file.Append(text.Step);
        int offset = 0;
        foreach (string output in outputs)
        {
            file.Append($"    for (int i = 0; i < {text.SizeOf(output)}; i++)\n        output[{(offset == 0 ? "" : $"{offset} + ")}i] = ({output})[i];\n");
            offset += text.SizeOf(output);
        }

        file.Append("}\n\n#endif\n");
        stream.Write(Encoding.UTF8.GetBytes(file.ToString().ReplaceLineEndings("\n")));
    }
}
