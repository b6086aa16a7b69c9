using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the public members that training needs, or their refusals.</summary>
internal static class TrainingSurface
{
    public static void Emit(CodeWriter writer, NetworkPlan plan, string self)
    {
        if (plan.Spec.Training)
            Training(writer, self);
        else
            NoTraining(writer, plan, self);
    }

    private static void Training(CodeWriter writer, string self) => writer.Lines(
        $$"""
        /// <summary>All memory for <see cref="Forward"/> and <see cref="Backward"/> on batches of up to so many steps and sequences.</summary>
        public static global::RnnGen.Tape<{{self}}> CreateTape(int maxSteps, int batchSize) => new(maxSteps, batchSize);

        static {{InRuntime}}TapeLayout? global::RnnGen.INetwork<{{self}}>.TapeLayout => TapeRegions;

        /// <summary>Runs a batch from the tape's initial states and keeps on the tape what <see cref="Backward"/> needs.</summary>
        public void Forward(global::RnnGen.Tape<{{self}}> tape, global::RnnGen.SequenceBatch batch)
        {
            global::System.ArgumentNullException.ThrowIfNull(tape);
            tape.BeginForward(_memory, batch);
            tape.Forward(this);
            tape.EndForward();
        }

        /// <summary>
        /// Back-propagates the gradient of the tape's outputs; adds to the tape's parameter gradients, sets its gradients of inputs and initial states.
        /// </summary>
        public void Backward(global::RnnGen.Tape<{{self}}> tape, {{ReadOnlyFloats}} outputGradients)
        {
            global::System.ArgumentNullException.ThrowIfNull(tape);
            tape.BeginBackward(_memory, outputGradients, ofLogits: false);
            tape.Backward(this);
            tape.EndBackward();
        }

        /// <summary>The same from the gradient of the tape's logits.</summary>
        public void BackwardFromLogits(global::RnnGen.Tape<{{self}}> tape, {{ReadOnlyFloats}} logitGradients)
        {
            global::System.ArgumentNullException.ThrowIfNull(tape);
            tape.BeginBackward(_memory, logitGradients, ofLogits: true);
            tape.Backward(this);
            tape.EndBackward();
        }

        """);

    private static void NoTraining(CodeWriter writer, NetworkPlan plan, string self)
    {
        string refusal = $"throw new global::System.NotSupportedException(\"{plan.Spec.ClassName.TrimStart('@')} was generated with Training = false.\")";
        writer.Lines(
            $$"""
            static {{InRuntime}}TapeLayout? global::RnnGen.INetwork<{{self}}>.TapeLayout => null;

            static global::RnnGen.Tape<{{self}}> global::RnnGen.INetwork<{{self}}>.CreateTape(int maxSteps, int batchSize) => {{refusal}};

            void global::RnnGen.INetwork<{{self}}>.Forward(global::RnnGen.Tape<{{self}}> tape, global::RnnGen.SequenceBatch batch) => {{refusal}};

            void global::RnnGen.INetwork<{{self}}>.Backward(global::RnnGen.Tape<{{self}}> tape, {{ReadOnlyFloats}} outputGradients) => {{refusal}};

            void global::RnnGen.INetwork<{{self}}>.BackwardFromLogits(global::RnnGen.Tape<{{self}}> tape, {{ReadOnlyFloats}} logitGradients) => {{refusal}};

            """);
    }
}
